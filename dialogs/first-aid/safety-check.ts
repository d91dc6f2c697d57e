import type { CardLine, CardName } from "../../src/care/content.ts";
import { joined } from "../../src/care/said.ts";
import type { Episode } from "../conversation.ts";
import type { Step } from "../flow.ts";
import type { Choice } from "../reply.ts";
import type { Turn } from "../turn.ts";

/** The area's safety card: one question before any timed stretch or rubbing. None of these must be chosen, never assumed. */
export const safetyCheck: Step = {
  name: "safety-check",
  needed: (_turn, episode) => episode.card.state === "open",
  enter: (turn, episode) => askCard(turn, episode),
  undo: (_turn, episode) => {
    const lines = Object.fromEntries(Object.entries(episode.card.lines).filter(([, answer]) => answer === "yes"));
    episode.card = { ...episode.card, state: "open", lines };
  },
};

/** The card of the place; with no place told the limb card, which asks what matters everywhere. */
function cardOf(turn: Turn): CardName {
  return turn.area?.card ?? (turn.episode?.vague === "body" ? "trunk" : "limb");
}

/** The lines that are still open: what was denied already is not asked again. */
export function openLines(turn: Turn, episode: Episode): readonly CardLine[] {
  const { cards, only, extra } = turn.content.cards;
  const all = cards[cardOf(turn)] ?? [];
  const wanted = only[episode.area ?? ""];
  const lines = wanted === undefined ? all : all.filter((line) => wanted.includes(line.id));
  const added = extra[episode.area ?? ""];
  const withBack =
    episode.moreAreas.some((area) => area.endsWith("back") && area !== "thigh-back") || episode.findings.includes("both-legs");
  const more = added !== undefined && withBack ? (cards.back ?? []).filter((line) => line.id === added) : [];
  return [...lines, ...more].filter((line) => episode.card.lines[line.id] !== "no");
}

export function lineChoices(turn: Turn, lines: readonly CardLine[]): Choice[] {
  return [...lines.map(({ id, line }) => ({ value: id, label: line })), { value: "none", label: turn.content.cards.none }];
}

export function askCard(turn: Turn, episode: Episode, lead?: string): void {
  const { cards } = turn.content;
  const lines = openLines(turn, episode);
  episode.card.asked++;
  const choices = [...lineChoices(turn, lines), { value: "unsure", label: cards.unsure }];
  turn.ask(
    joined(lead ?? "", cards.ask, cards.foot),
    { id: "card", ask: "safety-check", choices },
    { step: "safety-check", key: `card:${cardOf(turn)}`, multiple: true, sources: cards.sources },
  );
}
