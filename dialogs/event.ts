import type { Understanding } from "../src/understanding/understanding.ts";

/** Where the talk takes place: alone with the bot, or where others read along. */
export type Scope = "personal" | "groupChat" | "channel";

/**
 * Whether something can be said later without a message to answer: `push` any time, `open` while the page is open,
 * `none` never.
 */
export type Reach = "push" | "open" | "none";

/** What is known about the place of a person, besides what they say. */
export interface Setting {
  /** BCP 47, as the channel gave it. */
  readonly locale: string | null;
  /** IANA name, as the channel gave it. */
  readonly timeZone: string | null;
  readonly scope: Scope;
  readonly reach: Reach;
}

/** One thing that happens in a conversation. */
export type Event = MessageEvent | ArrivalEvent | TimerEvent | HandOffEvent;

export interface MessageEvent extends Setting {
  readonly kind: "message";
  /** The whole text; only its understanding and, in the shortest of readings, its words are looked at. */
  readonly understanding: Understanding;
  /** The value of a button or tick list, as the channel sends it back: "c2", "c1,c3", "none". */
  readonly choice: string | null;
  /** The question that the button belongs to, so that an old button does no harm; null when not known. */
  readonly choiceOf: string | null;
  /** What came instead of words. */
  readonly without: "text" | "picture" | null;
  /** The buttons were shown as numbered lines: a number alone picks one. */
  readonly numbered?: boolean;
  readonly long: boolean;
  /** The pending question was asked in this very turn, by a late countdown: this was written before it was seen. */
  readonly unseen?: boolean;
}

/** The person opens the chat or adds the bot. */
export interface ArrivalEvent extends Setting {
  readonly kind: "arrival";
}

export interface TimerEvent extends Setting {
  readonly kind: "timer";
  readonly timer: string;
}

export interface HandOffEvent extends Setting {
  readonly kind: "hand-off";
  readonly state: "accepted" | "failed" | "completed";
  /** When the person agreed to be passed on, so that late news of an earlier wish does no harm; null when it is not told. */
  readonly asked: number | null;
}
