import { describe, expect, it } from "vitest";
import { checkReferences } from "../../src/care/check-references.ts";
import type { Content } from "../../src/care/content.ts";
import { knowledge } from "../support/knowledge.ts";

const { content } = knowledge();

/** The real content, of which a test may change any part. */
type Draft<T> = T extends object ? { -readonly [Key in keyof T]: Draft<T[Key]> } : T;

function mistakes(change: (draft: Draft<Content>) => void): string {
  const draft = structuredClone(content) as Draft<Content>;
  change(draft);
  try {
    checkReferences(draft as Content);
  } catch (error) {
    return String(error);
  }
  return "";
}

const first = <T>(all: readonly T[] | Readonly<Record<string, T>>): T => Object.values(all)[0] as T;

describe("names that one file uses and another has", () => {
  it("are all there in the real content", () => {
    expect(mistakes(() => {})).toBe("");
  });

  it.each<[string, (draft: Draft<Content>) => void, RegExp]>([
    ["a circumstance", ({ lexicon }) => lexicon.circumstances.push("nowhere"), /circumstances\.yaml names the unknown finding/],
    ["a flag's rule", ({ flags }) => Object.assign(first(flags), { rule: "nowhere" }), /red flag .+ unknown finding "nowhere"/],
    [
      "a fact of a flag's rule",
      ({ flags }) => Object.assign(first(flags), { rule: { fact: "nowhere", is: 1 } }),
      /red flag .+ unknown fact "nowhere"/,
    ],
    [
      "a flag's level",
      ({ flags }) => Object.assign(first(flags), { levels: [{ when: "nowhere", disposition: "urgent-same-day" }] }),
      /red flag .+ unknown finding "nowhere"/,
    ],
    ["a flag's area", ({ flags }) => Object.assign(first(flags), { areas: ["nowhere"] }), /red flag .+ unknown area "nowhere"/],
    ["a flag's source", ({ flags }) => first(flags).sources.push("nowhere"), /red flag .+ unknown source "nowhere"/],
    ["a row's rule", ({ decisions }) => Object.assign(first(decisions.rows), { when: "nowhere" }), /decision .+ unknown finding/],
    ["a row's flag", ({ decisions }) => first(decisions.rows).flags.push("nowhere"), /decision .+ unknown flag "nowhere"/],
    ["a row's text", ({ decisions }) => Object.assign(first(decisions.rows), { say: "nowhere" }), /decision .+ says "nowhere"/],
    ["what raises a level", ({ decisions }) => Object.assign(decisions.raise, { when: "nowhere" }), /decision raise names/],
    ["a route", ({ decisions }) => first(decisions.routes).push("nowhere"), /route .+ unknown flag "nowhere"/],
    ["an area's flag", ({ areas }) => first(areas).red_flags.push("nowhere"), /area .+ unknown flag "nowhere"/],
    ["an area's source", ({ areas }) => first(areas).sources.push("nowhere"), /area .+ unknown source "nowhere"/],
    ["a card line", ({ cards }) => first(first(cards.cards)).findings.push("nowhere"), /card line .+ unknown finding "nowhere"/],
    [
      "a card line's flag",
      ({ cards }) => Object.assign(first(first(cards.cards)), { flag: "nowhere" }),
      /unknown flag "nowhere"/,
    ],
    ["a population", ({ populations }) => first(populations).findings.push("nowhere"), /population .+ unknown finding "nowhere"/],
    ["an answer", ({ answers }) => first(answers).sources.push("nowhere"), /answer .+ unknown source "nowhere"/],
    ["the steps", ({ steps }) => steps.sources.push("nowhere"), /content names the unknown source "nowhere"/],
  ])("are missed where they dangle: %s", (_, change, words) => {
    expect(mistakes(change)).toMatch(words);
  });

  it.each<[string, (draft: Draft<Content>) => void, RegExp]>([
    [
      "a line that leads to no flag",
      ({ cards }) => Object.assign(first(first(cards.cards)), { flag: undefined, which: undefined }),
      /leads to no flag/,
    ],
    [
      "a flag with nothing to do first",
      ({ flags }) => Object.assign(first(flags), { first: undefined, disposition: "emergency-now" }),
      /no text for the first/,
    ],
    ["a flag in a file of another name", ({ flags }) => Object.assign(first(flags), { disposition: "other" }), /no disposition/],
  ])("are not all: refused is %s", (_, change, words) => {
    expect(mistakes(change)).toMatch(words);
  });

  it("are told of all at once", () => {
    const words = mistakes(({ answers, steps }) => {
      first(answers).sources.push("here");
      steps.sources.push("there");
    });
    expect(words).toMatch(/content-invalid|UserError/);
    expect(words).toMatch(/"here".*"there"/);
  });
});
