import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { Reply } from "../../../dialogs/reply.ts";
import type { Incoming, Outgoing, Turns } from "../../turns/port.ts";

export interface Talk {
  readonly turns: Turns;
  readonly input: Readable;
  readonly output: Writable;
  /** A person sits there: prompt, and speak when a timer is due. Otherwise each line is a message. */
  readonly interactive: boolean;
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly now: () => number;
}

const CONVERSATION = "terminal:me";
const TICK = 250;

/** Talks until the input ends. Lines are answered in order. */
export async function talk({ turns, input, output, interactive, locale, timeZone, now }: Talk): Promise<void> {
  const setting = { locale, timeZone, scope: "personal", reach: interactive ? "push" : "none" } as const;
  const say = (replies: readonly Outgoing[]) => {
    for (const { reply } of replies) output.write(`${shown(reply)}\n\n`);
  };
  const send = async (what: Incoming["what"]) => {
    const incoming = {
      conversation: CONVERSATION,
      channel: "terminal",
      activity: null,
      what,
      reference: null,
      echo: null,
      mustDeliver: false,
      at: now(),
    };
    say((await turns.handle({ ...incoming, ...setting })).replies);
  };
  const prompt = () => {
    if (interactive) output.write("> ");
  };
  if (interactive) await send({ kind: "arrival" });
  prompt();
  const timers = interactive ? setInterval(() => void fire(), TICK) : null;
  const fire = async () => {
    const said = await turns.advance(CONVERSATION, now());
    if (said.length === 0) return;
    output.write("\n\n");
    say(said);
    prompt();
  };
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    await send({ kind: "message", text: line, choice: null, choiceOf: null, without: null, numbered: true });
    prompt();
  }
  if (timers !== null) clearInterval(timers);
}

/** A reply as plain text: the buttons below it, numbered, so that "2" picks one. */
function shown(reply: Reply): string {
  const scale = reply.ask === "severity" && reply.choices.length > 4;
  const choices = scale ? [] : reply.choices.map(({ label }, index) => `  ${index + 1}. ${label}`);
  const clock = reply.timerSeconds === null ? [] : [`  (timer: ${reply.timerSeconds} seconds)`];
  return [reply.text, ...clock, ...choices].join("\n");
}
