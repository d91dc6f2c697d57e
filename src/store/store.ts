/**
 * A delivery is known again among so many of a conversation's last messages: channels repeat what has just come, and looking
 * further back would make a turn cost more the longer the talk has been.
 */
export const REPEATS_WITHIN = 200;

/**
 * Where conversations are kept. One port, several stores; the same tests run against each. Everything a turn changes is
 * committed together: state, timers, what was said, and the id of what was answered.
 */
export interface Store {
  /** Other processes may work on the same conversations. */
  readonly shared: boolean;
  /** The conversation as last committed, and what this activity was answered with if it was handled before, not too long ago. */
  load(conversation: string, activity: string | null): Promise<Loaded>;
  /**
   * Writes all of a turn or nothing.
   * @returns false when somebody else committed since `change.basedOn`: compute the turn again from the newer state
   */
  commit(change: Change): Promise<boolean>;
  /** What was said after a sequence number, oldest first. */
  transcript(conversation: string, after: number, limit: number): Promise<readonly KeptMessage[]>;
  /** Conversations with a timer that is due, each claimed for `lease` milliseconds so that nobody else takes it. */
  claimDue(now: number, lease: number, limit: number): Promise<readonly string[]>;
  /** When the next timer is due; null when there is none. */
  nextDue(): Promise<number | null>;
  /** Whatever was committed to be sent before `before` and never acknowledged, claimed for `lease` milliseconds. */
  claimUnsent(before: number, now: number, lease: number, limit: number): Promise<readonly Unsent[]>;
  /** The replies arrived: their words are deleted, and after a forget-me what was kept to deliver them. */
  acknowledge(conversation: string, sequences: readonly number[]): Promise<void>;
  /** Keeps a new web chat. */
  saveChat(chat: Chat): Promise<void>;
  /**
   * Replaces the resume secret.
   * @returns the chat, or null when the old secret is not its present one
   */
  rotateResume(oldHash: string, newHash: string, now: number): Promise<Chat | null>;
  /** What led to escalations since a time, oldest first. */
  auditSince(at: number, limit: number): Promise<readonly AuditEntry[]>;
  /**
   * Deletes what is past its time, at most `most` rows of a kind.
   * @returns whether there may be more to delete
   */
  sweep(limits: Limits, most: number): Promise<boolean>;
  /**
   * Tells of conversations in which another process said something; null when something may have been missed.
   * One listener; a store that is not shared never calls it.
   */
  onSaidElsewhere(listener: (conversation: string | null) => void): void;
  /** Throws when the store cannot be written to. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds since 1970; what is older goes. */
export interface Limits {
  /** What was said: the web chat's transcript, and replies that could not be delivered. */
  readonly messages: number;
  /** Whole conversations, by their last turn. */
  readonly conversations: number;
  readonly audit: number;
}

export interface Loaded {
  /** Null when nothing is kept. */
  readonly conversation: StoredConversation | null;
  /** The activity and the replies to it; null when it is new. */
  readonly handled: readonly KeptMessage[] | null;
}

export interface StoredConversation {
  /** Counts the commits. */
  readonly version: number;
  /** Sequence number of the last message. */
  readonly sequence: number;
  /** The state, as JSON; null after a forget-me. */
  readonly state: string | null;
  readonly channel: string;
  /** How and where to speak unasked, as JSON; empty after a forget-me. */
  readonly address: string;
  /** When it was last committed. */
  readonly at: number;
}

export interface KeptMessage {
  /** Counts the messages of a conversation from 1. */
  readonly sequence: number;
  /** "clinic": no message, but the wish to be passed on to a person, kept until the clinic was told. No transcript shows it. */
  readonly from: "user" | "bot" | "clinic";
  /** The activity that it is or that it answers; null for what a timer said. */
  readonly activity: string | null;
  /** JSON; empty when its words were removed. */
  readonly body: string;
  /** It still has to be delivered. */
  readonly pending: boolean;
  readonly at: number;
}

export interface Change {
  readonly conversation: string;
  /** Version of the state that the turn began from; 0 for a new conversation. */
  readonly basedOn: number;
  readonly sequence: number;
  readonly state: string | null;
  readonly channel: string;
  readonly address: string;
  readonly messages: readonly KeptMessage[];
  /** When to wake the conversation: the whole desired set; null when it did not change. */
  readonly timers: readonly KeptTimer[] | null;
  readonly audit: readonly AuditEntry[];
  /** A state that could not be read, to keep beside; null when all is well. */
  readonly setAside: string | null;
  /** Delete everything that was kept of the conversation before, its web chat too. */
  readonly forget: boolean;
  /** Other processes may show it to somebody right now: tell them. */
  readonly announce: boolean;
  readonly at: number;
}

export interface KeptTimer {
  readonly id: string;
  readonly at: number;
}

/** What led to an escalation, without words and without a person. */
export interface AuditEntry {
  readonly at: number;
  readonly contentVersion: string;
  readonly disposition: string;
  readonly row: string;
  readonly flags: readonly string[];
}

export interface Unsent {
  readonly conversation: string;
  readonly channel: string;
  readonly address: string;
  readonly messages: readonly KeptMessage[];
}

export interface Chat {
  readonly id: string;
  /** Key of its conversation. */
  readonly conversation: string;
  readonly user: string;
  /** SHA-256 of the resume secret. */
  readonly resume: string;
  readonly at: number;
}
