import { areaName } from "./areas.ts";
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
    facts.push(
      ...episode.findings.filter((finding) => !finding.startsWith("said:")).slice(0, 8),
      ...episode.risks,
      ...episode.flags.map((flag) => flag.id),
    );
  }
  if (past.length > 0) facts.push(`${past.length} earlier`);
  if (country !== null) facts.push(`country ${country}`);
  return facts;
}
