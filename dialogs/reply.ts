import type { Ask, Disposition, Side, StepName } from "../src/care/labels.ts";

/** A button. `value` comes back as the choice. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A picture of content/pictures, with its words. */
export interface Picture {
  readonly id: string;
  readonly alt: string;
}

/** The countdown as it stands after a reply. Times in milliseconds since 1970, lengths in seconds. */
export type Clock =
  | { readonly state: "running"; readonly endsAt: number; readonly seconds: number }
  | { readonly state: "paused"; readonly secondsLeft: number };

/** One message of the bot. A channel renders it in its own way; the text alone is always enough. */
export interface Reply {
  readonly text: string;
  /** For screen readers and voices, where it should differ from the text. */
  readonly spoken: string;
  readonly choices: readonly Choice[];
  /** Several choices may be ticked at once. */
  readonly multiple: boolean;
  readonly picture: Picture | null;
  /** A countdown that begins now. */
  readonly timerSeconds: number | null;
  /** The countdown that runs or waits after this reply, begun now or earlier; null when there is none. */
  readonly clock: Clock | null;
  readonly step: StepName;
  /** What the bot advises as of this message; null while nothing is decided. */
  readonly disposition: Disposition | null;
  readonly flags: readonly string[];
  readonly ask: Ask | null;
  /** Names the question, so that a late button can be told from a fresh one. */
  readonly question: string | null;
  readonly sources: readonly string[];
  /** The number to show as a link; null when none is known to be right. */
  readonly emergencyNumber: string | null;
  /** With this message the person is passed on to a human; they agreed to the summary. */
  readonly handOff?: HandOffRequest;
}

/** What is passed on: facts, never words of the person. */
export interface HandOffRequest {
  /** As the person saw it. */
  readonly summary: string;
  /** Null when no complaint was told. */
  readonly facts: {
    readonly area: string | null;
    readonly side: Side | null;
    readonly patient: "self" | "other";
    readonly pain: number | null;
    readonly minutes: number | null;
    readonly disposition: Disposition | null;
    readonly flags: readonly string[];
  } | null;
}

/** How a person is passed on, where the deployment can. */
export interface HandOffTerms {
  /** Milliseconds; then the person is told that nobody has taken it. */
  readonly wait: number;
  /** Only through channels of Azure, where the hub listens or the clinicians are; the web chat has none. */
  readonly hubOnly: boolean;
  /** A human writes to the person apart from this talk, so they are told the name. */
  readonly named?: boolean;
}
