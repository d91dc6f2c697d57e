import { fill } from "../src/care/said.ts";
import { areaName } from "./areas.ts";
import type { Episode } from "./conversation.ts";
import type { Turn } from "./turn.ts";

/** What is kept about the person, in a sentence; "export" and "what do you know" share it. */
export function sayKnown(turn: Turn): void {
  const facts = knownFacts(turn);
  if (facts.length === 0) turn.sayMessage("privacy-nothing");
  else turn.sayMessage("privacy-known", { values: { facts: facts.join("; ") } });
}

function knownFacts(turn: Turn): string[] {
  const { episode, past, country } = turn.conversation;
  const facts: string[] = [];
  if (episode !== null) {
    const place = episode.area === null ? null : areaName(turn.content, episode.area);
    facts.push(...[episode.side, place].filter((one) => one !== null));
    if (episode.pain.now !== null) facts.push(`pain ${episode.pain.now} of 10`);
    if (episode.facts.age !== null) facts.push(`age ${episode.facts.age}`);
    if (episode.facts.weeks !== null) facts.push(`${episode.facts.weeks} weeks`);
    facts.push(...toldFacts(turn, episode));
  }
  if (past.length > 0) facts.push(`${past.length} earlier`);
  if (country !== null) facts.push(`country ${country}`);
  return facts;
}

/** Who they are and what came before, the red flags by name, and how many signs the rules read from their words. */
function toldFacts(turn: Turn, { findings, risks, flags }: Episode): string[] {
  const { lexicon, flags: known } = turn.content;
  const circumstances = new Set(lexicon.circumstances);
  const told = [...new Set([...findings.filter((finding) => circumstances.has(finding)), ...risks])];
  const signs = findings.filter((finding) => !circumstances.has(finding)).length;
  return [
    ...told.map((name) => name.replaceAll("-", " ")),
    ...flags.map(({ id }) => known.find((flag) => flag.id === id)?.name.toLowerCase() ?? id),
    ...(signs === 0 ? [] : [fill(turn.label("signs-read"), { count: String(signs) })]),
  ];
}
