import type { Event, HandOffEvent, Setting } from "../../dialogs/event.ts";
import type { HandOffRequest, Reply } from "../../dialogs/reply.ts";

/** What channels give to turns and get from them. */

/** Something that reached a channel. */
export interface Incoming extends Setting {
  readonly conversation: string;
  readonly channel: string;
  /** Names the delivery, so that a repeated one is known; null when the channel never repeats. */
  readonly activity: string | null;
  readonly what: IncomingMessage | { readonly kind: "arrival" } | Pick<HandOffEvent, "kind" | "state" | "asked">;
  /** Where to speak unasked: the channel's own, as JSON. Null leaves the known one. */
  readonly reference: string | null;
  /** The message as the channel shows it in its transcript; null when it keeps none. */
  readonly echo: ((sequence: number) => string) | null;
  /** The replies are sent apart from the answer to this call, and acknowledged. */
  readonly mustDeliver: boolean;
  readonly at: number;
}

export interface IncomingMessage {
  readonly kind: "message";
  readonly text: string;
  readonly choice: string | null;
  readonly choiceOf: string | null;
  readonly without: "text" | "picture" | null;
  /** The channel shows the buttons as numbered lines: a number alone picks one. */
  readonly numbered?: boolean;
}

/** A reply with its place in the conversation. */
export interface Outgoing {
  readonly sequence: number;
  readonly at: number;
  readonly reply: Reply;
  /** It has not been acknowledged. */
  readonly pending: boolean;
}

export interface Handled {
  readonly replies: readonly Outgoing[];
  /** The activity had been handled before: these are the replies of then. */
  readonly repeated: boolean;
  /** False when the store failed: nothing of this turn is kept. */
  readonly kept: boolean;
  /** Sequence number of the echo. */
  readonly sequence: number;
  /** Everything about the person was deleted. */
  readonly forgotten: boolean;
}

/**
 * Speaks unasked: what a timer says, or what a crash held up. "gone": the person shut the bot out, and nothing will arrive
 * any more. It rejects when the replies did not arrive this time.
 */
export type Deliver = (to: Recipient, replies: readonly Outgoing[]) => Promise<"arrived" | "gone">;

export interface Recipient {
  readonly conversation: string;
  readonly reference: string | null;
}

/** All that is needed to speak to a person later. */
export type Person = Pick<
  Incoming,
  "conversation" | "channel" | "reference" | "mustDeliver" | "locale" | "timeZone" | "scope" | "reach"
>;

/** A person is to be passed on to a human. It is kept beside the replies, and asked for again until it is acknowledged. */
export interface HandOffCall {
  readonly sequence: number;
  /** When the person agreed. */
  readonly at: number;
  readonly person: Person;
  readonly request: HandOffRequest;
}

/** What the clinic says of somebody. */
export type News = Incoming & { readonly what: Pick<HandOffEvent, "kind" | "state" | "asked"> };

export interface Informed {
  /** It changed something, and the person was told; also when this delivery is a repetition. */
  readonly heard: boolean;
  /** How this wish stands now; null: it is over. */
  readonly handOff: "waiting" | "accepted" | null;
}

/** Told of every turn: for logs and metrics. It gets no words. */
export interface Observer {
  turn(seen: SeenTurn): void;
  failure(where: "turn" | "store" | "deliver" | "state", error: unknown): void;
}

export interface SeenTurn {
  readonly channel: string;
  readonly kind: Event["kind"];
  readonly intent: string | null;
  readonly steps: readonly string[];
  readonly disposition: string | null;
  readonly escalated: boolean;
  readonly repeated: boolean;
  readonly milliseconds: number;
}

export interface Turns {
  /** Runs a turn. It never rejects: when something inside fails, a fixed text with the emergency number comes back. */
  handle(incoming: Incoming): Promise<Handled>;
  /**
   * Runs a turn for news of a hand-off, and delivers what it says. Whoever was forgotten or is not known hears nothing. It
   * rejects when the store failed: try again.
   */
  inform(news: News): Promise<Informed>;
  /** Fires the due timers of a conversation, each at its own time, and gives what they said. */
  advance(conversation: string, until: number): Promise<readonly Outgoing[]>;
  /** Fires what is due now and delivers it through the conversation's channel. */
  fire(conversation: string, now: number): Promise<void>;
  /** Delivers again what a crash held up, if it is at least `age` milliseconds old (20 seconds unless said). */
  deliverUnsent(now: number, age?: number): Promise<void>;
  /** The replies arrived, or the clinic was told. It never rejects: what cannot be noted now is sent once more later. */
  acknowledge(conversation: string, sent: readonly Pick<Outgoing, "sequence" | "pending">[]): Promise<void>;
  /** The person shut the bot out: forgets where to speak and what was to be said. */
  leave(conversation: string): Promise<void>;
  /**
   * Names who delivers for a channel. One with a transcript shows what was said from there, whenever its clients ask, so its
   * replies need no acknowledgement.
   */
  connect(channel: string, deliver: Deliver, keeping?: { readonly transcript: boolean }): void;
  /**
   * Names who passes people on. It is called right after the commit, and again every 20 seconds by whichever instance comes
   * first, until the call is acknowledged; it must not wait for an answer.
   */
  connectHandOff(passOn: (call: HandOffCall) => void): void;
}
