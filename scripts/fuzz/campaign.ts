import { setImmediate as breathe } from "node:timers/promises";
import { createWorld } from "../../dialogs/respond.ts";
import type { Store } from "../../src/store/store.ts";
import type { Mind } from "../../src/turns/compute.ts";
import { knowledge } from "../../tests/support/knowledge.ts";
import { playActivities } from "./activities.ts";
import { startRequests } from "./requests.ts";
import { realTexts } from "./seeds.ts";
import { playTexts } from "./texts.ts";
import { STEPS, type Trouble } from "./trouble.ts";

/** How deep a case goes: texts into understanding and the pure turn, activities through a channel and the turn, requests over HTTP. */
export const KINDS = ["texts", "activities", "requests"] as const;
export type Kind = (typeof KINDS)[number];

/** Seeds that once found something; each is played again in every run. What they found: docs/security.md. */
const FOUND: Readonly<Record<Kind, readonly number[]>> = {
  texts: [7, 1_003_468, 1_011_539, 1_017_472],
  activities: [],
  requests: [],
};

export interface Campaign {
  readonly kind: Kind;
  readonly seed: number;
  /** Cases, at least. */
  readonly count: number;
  /** Behind the server; memory unless said. */
  readonly store?: Store;
  readonly until?: () => boolean;
  /** Told ten times: cases so far. */
  readonly progress?: (cases: number) => void;
}

export interface Outcome {
  readonly cases: number;
  readonly troubles: readonly Trouble[];
}

const MOST_TROUBLES = 20;
/** Sessions over HTTP side by side. */
const AT_ONCE = 4;

/** Plays sessions of consecutive seeds, those that once failed first. */
export async function runCampaign({ kind, seed, count, store, until = () => false, progress }: Campaign): Promise<Outcome> {
  const sessions = Math.ceil(count / STEPS);
  const tellEvery = Math.max(1, Math.floor(sessions / 10));
  const stage = await openStage(kind, store);
  const found = FOUND[kind];
  const troubles: Trouble[] = [];
  let begun = 0;
  let played = 0;
  const worker = async () => {
    while (begun < found.length + sessions && troubles.length < MOST_TROUBLES && !until()) {
      const at = begun++;
      const trouble = await stage.play(found[at] ?? seed + at - found.length);
      if (trouble !== null) troubles.push(trouble);
      played++;
      if (played % tellEvery === 0) progress?.(played * STEPS);
    }
  };
  await Promise.all(Array.from({ length: stage.atOnce }, worker));
  await stage.close();
  return { cases: played * STEPS, troubles };
}

interface OpenStage {
  readonly atOnce: number;
  readonly play: (seed: number) => Promise<Trouble | null>;
  readonly close: () => Promise<void>;
}

async function openStage(kind: Kind, store: Store | undefined): Promise<OpenStage> {
  const texts = realTexts();
  if (kind === "requests") return { atOnce: AT_ONCE, ...(await startRequests(texts, store)) };
  const { content, understand } = knowledge();
  const mind: Mind = { world: createWorld(content, "IE", { wait: 60_000, hubOnly: false }), understand };
  const playOne = kind === "texts" ? playTexts : playActivities;
  // A breath for what is only cleared up between two tasks.
  const play = async (seed: number) => {
    await breathe();
    return await playOne(mind, texts, seed);
  };
  return { atOnce: 1, play, close: async () => {} };
}
