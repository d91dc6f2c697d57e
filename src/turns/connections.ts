import type { KeptMessage } from "../store/store.ts";
import { handOffCallsOf, type Keeping, type TurnKeeping } from "./change.ts";
import type { Deliver, HandOffCall, Turns } from "./port.ts";

interface Channel extends Keeping {
  readonly deliver: Deliver;
}

/** Who speaks to people, and to the clinic, from this process. */
export interface Connections extends Pick<Turns, "connect" | "connectHandOff"> {
  /** Undefined when this process does not serve the channel, or need not speak there unasked. */
  channel(name: string): Channel | undefined;
  /** How a turn of that channel is kept. */
  keepingOf(channel: string): TurnKeeping;
  /** Tells of the people who are to be passed on, among what was kept. */
  passOn(messages: readonly KeptMessage[]): void;
}

const NOTHING_KEPT: Keeping = { transcript: false };

export function createConnections(): Connections {
  const channels = new Map<string, Channel>();
  let tell: ((call: HandOffCall) => void) | null = null;

  return {
    connect: (channel, deliver, { transcript } = NOTHING_KEPT) => {
      channels.set(channel, { deliver, transcript });
    },
    connectHandOff: (passOn) => {
      tell = passOn;
    },
    channel: (name) => channels.get(name),
    keepingOf: (channel) => ({ transcript: channels.get(channel)?.transcript ?? false, passesOn: tell !== null }),
    passOn: (messages) => {
      if (tell !== null) for (const call of handOffCallsOf(messages)) tell(call);
    },
  };
}
