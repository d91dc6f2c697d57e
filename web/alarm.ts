import { readJson, type Shelf } from "./shelf.ts";
import type { AlarmActions, AlarmSettings } from "./views/countdown.ts";

export interface Alarm extends AlarmActions {
  /** The time is up. */
  ring(): void;
}

const NOTES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.22 },
];

/** The sound and the vibration at the end of a countdown. Both are off until the person wants them. */
export function createAlarm(shelf: Shelf): Alarm {
  let settings = settingsOf(readJson(shelf));
  let audio: AudioContext | null = null;
  const canVibrate = typeof navigator.vibrate === "function" && navigator.maxTouchPoints > 0;

  const play = (): void => {
    audio ??= new AudioContext();
    const context = audio;
    void context.resume();
    for (const { hertz, at } of NOTES) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const from = context.currentTime + at;
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.0001, from);
      volume.gain.exponentialRampToValueAtTime(0.25, from + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.4);
      tone.connect(volume).connect(context.destination);
      tone.start(from);
      tone.stop(from + 0.42);
    }
  };

  return {
    get settings() {
      return settings;
    },
    canVibrate,
    set: (what) => {
      settings = { ...settings, ...what };
      shelf.write(JSON.stringify(settings));
      if (what.sound === true) play();
      if (what.vibration === true && canVibrate) navigator.vibrate(120);
    },
    ring: () => {
      if (settings.sound) play();
      if (settings.vibration && canVibrate) navigator.vibrate([250, 120, 250]);
    },
  };
}

function settingsOf(data: unknown): AlarmSettings {
  const { sound, vibration } = (data ?? {}) as Partial<AlarmSettings>;
  return { sound: sound === true, vibration: vibration === true };
}
