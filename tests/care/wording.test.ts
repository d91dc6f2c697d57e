import { describe, expect, test } from "vitest";
import type { AnswerContent, Content, FlagContent } from "../../src/care/content.ts";
import { compileContent, readContentFiles } from "../../src/care/load-content.ts";
import { readingGrade } from "../../src/care/readability.ts";
import { wording } from "../../src/care/said.ts";
import { LIMITS, publicTexts, upkeepMistakes, wordingMistakes } from "../../src/care/wording.ts";
import { CONTENT_FOLDER } from "../support/knowledge.ts";

const real = await compileContent(readContentFiles(CONTENT_FOLDER));
const TODAY = "2026-11-22";

/** A flag in plain words; the made-up ones differ from it by one mistake. */
const FLAG: FlagContent = {
  id: "cold-foot",
  name: "A cold foot",
  disposition: "emergency-now",
  areas: ["any"],
  clues: "a cold foot",
  rule_in_words: "a cold foot",
  rule: "limb-cold",
  levels: [],
  ask: ["Is the foot cold?"],
  first: "Keep it still.",
  action: ["Call {emergency_number} now.", "Keep it still.", { you: "Lie down.", they: "Lay them down." }],
  phrases: ["my foot is cold"],
  not_triggers: [],
  sources: ["design"],
  basis: "read",
  review_by: "2027-01-01",
};

const ANSWER: AnswerContent = {
  id: "f00",
  question: "How long?",
  say: "About 30 seconds.",
  intent: "ask-stretch",
  sources: ["design"],
  asks: ["how long", "how many seconds", "till when"],
};

/** Content of one flag and one answer, each as given. */
function content(flag: Partial<FlagContent> = {}, answer: Partial<AnswerContent> = {}): Content {
  const steps = { ...real.steps, messages: {}, review_by: "2027-01-01" };
  return {
    ...real,
    areas: {},
    flags: [{ ...FLAG, ...flag }],
    cards: { ...real.cards, cards: { limb: [], back: [], "neck-jaw": [], trunk: [] } },
    decisions: { ...real.decisions, texts: {}, leads: {} },
    steps,
    answers: [{ ...ANSWER, ...answer }],
    populations: [],
  };
}

describe("wording of made-up content", () => {
  test("finds nothing in plain words", () => {
    expect(wordingMistakes(content())).toEqual([]);
  });

  test("finds a text that reads too hard, and is stricter in an emergency", () => {
    const hard = "Immediately discontinue physiological exertion and communicate with emergency professionals.";
    const [mistake] = wordingMistakes(content({}, { say: hard })).filter((one) => one.startsWith("answer f00"));
    expect(mistake).toContain("at most 8; use shorter sentences and plainer words");
    const between = "Ask the pharmacist about the tablets before the next dose.";
    expect(readingGrade(between)).toBeGreaterThan(LIMITS.gradeInEmergency);
    expect(readingGrade(between)).toBeLessThan(LIMITS.grade);
    expect(wordingMistakes(content({}, { say: between }))).toEqual([]);
    expect(wordingMistakes(content({ first: between }))).toEqual([
      expect.stringMatching(/^red flag cold-foot first: reading grade/),
    ]);
    expect(wordingMistakes(content({ action: [...FLAG.action, between] }))).toEqual([
      expect.stringMatching(/^red flag cold-foot action: reading grade .* at most 5/),
    ]);
    expect(wordingMistakes(content({ disposition: "urgent-same-day", first: between }))).toEqual([]);
  });

  test("finds all texts together too hard though each one passes", () => {
    const say = "Ask a pharmacist about the medicine before the next dose of it.";
    expect(readingGrade(say)).toBeLessThan(LIMITS.grade);
    const answers = Array.from({ length: 400 }, () => ({ ...ANSWER, say }));
    expect(wordingMistakes({ ...content(), answers })).toEqual([
      expect.stringMatching(/^all texts together: reading grade 6\.\d, at most 6; shorten sentences$/),
    ]);
  });

  test("finds a message too long for somebody in pain, and lets a calm one be longer", () => {
    const long = "Sit down and rest it. ".repeat(9).trim();
    expect(wordingMistakes(content({ first: long }))).toEqual([
      expect.stringContaining("45 words, at most 40 in a message; make two of it"),
    ]);
    expect(wordingMistakes(content({ ask: [long] }))).toHaveLength(1);
    expect(wordingMistakes(content({}, { say: long }))).toEqual([]);
  });

  test.each([
    ["a dose", "Take 300 mg of it.", "it names a dose"],
    ["a count of tablets", "Take 2 tablets.", "it names a dose"],
    ["a diagnosis", "You probably have a clot.", "it diagnoses"],
    ["reassurance", "It is nothing to worry about.", "it promises"],
    ["a promise", "This always works.", "it promises"],
    ["a changed medicine", "Let her stop taking the statin.", "it changes a prescribed medicine"],
    ["a broken placeholder", "Call { number } now.", "a brace that is no placeholder"],
  ])("finds %s", (_what, say, because) => {
    expect(wordingMistakes(content({}, { say }))).toEqual([expect.stringContaining(because)]);
    expect(wordingMistakes(content({}, { for: { older: { you: "Rest it.", they: say } } }))).toEqual([
      expect.stringMatching(new RegExp(`^answer f00 \\(they\\): ${because}`)),
    ]);
  });

  test.each([
    "Rest your leg.",
    "Call if you feel faint.",
    "Until you are seen, rest it.",
    "Can you feel a light touch?",
    "Do you smoke?",
    "Take what suits you.",
  ])('finds "%s" said to a helper', (say) => {
    const because = 'it says "you" of the one who has the cramp; write it as { you, they }';
    expect(wordingMistakes(content({ first: say, disposition: "urgent-same-day" }))).toEqual([expect.stringContaining(because)]);
    expect(wordingMistakes(content({}, { say: { you: "Rest it.", they: say } }))).toEqual([expect.stringContaining(because)]);
    expect(wordingMistakes(content({}, { say: { you: say, they: "Rest it." } }))).toEqual([]);
  });

  test("lets a helper have hands and a phone", () => {
    const they = "Rub it with your palm. Call if you cannot get there. Stop when you are ready.";
    expect(wordingMistakes(content({}, { say: { you: "Rub it.", they } }))).toEqual([]);
  });
});

describe("upkeep of made-up content", () => {
  test("finds nothing while every review is ahead", () => {
    expect(upkeepMistakes(content(), TODAY)).toEqual([]);
  });

  test("finds a review that is overdue from its day on", () => {
    expect(upkeepMistakes(content({ review_by: TODAY }), TODAY)).toEqual([]);
    expect(upkeepMistakes(content({ review_by: "2026-11-21" }), TODAY)).toEqual([
      "red flag cold-foot: its review was due by 2026-11-21; have a clinician look at it and set a new date",
    ]);
    const late = { ...content(), steps: { ...content().steps, review_by: "2020-01-01" } };
    expect(upkeepMistakes(late, TODAY)).toEqual([expect.stringMatching(/^steps\.yaml: its review was due/)]);
  });

  test("finds a flag without sentences that must raise it, and an id used twice", () => {
    expect(upkeepMistakes(content({ phrases: [] }), TODAY)).toEqual([expect.stringContaining("no phrases that must fire")]);
    expect(upkeepMistakes(content({ phrases: [], disposition: "self-care" }), TODAY)).toEqual([]);
    const twice = { ...content(), answers: [ANSWER, ANSWER] };
    expect(upkeepMistakes(twice, TODAY)).toEqual(["answer f00: used 2 times; each id once"]);
  });
});

describe("the real content", () => {
  test("is within every limit of wording and up to date", () => {
    expect(wordingMistakes(real)).toEqual([]);
    expect(upkeepMistakes(real, TODAY)).toEqual([]);
  });

  test("never speaks to a helper of their own body when it means the other's", () => {
    const body =
      /\byour (sore |low |lower |upper |own |other )?(leg|calf|foot|feet|toes?|heel|knee|thigh|hip|groin|bottom|back|spine|neck|head|chin|shoulders?|arm|elbow|wrist|fingers|chest|ribs|belly|tummy|jaw|mouth|teeth|tongue|face|eyes?|skin|pee|pain|cramp|heart|breath|limits|plan|doctor|midwife|team|medicines?|pen|inhaler)\b/i;
    const said = publicTexts(real).filter(({ reader }) => reader !== "you");
    expect(said.length).toBeGreaterThan(1000);
    expect(said.filter(({ text }) => body.test(text))).toEqual([]);
  });

  test("has its emergency texts among those that are checked", () => {
    const checked = new Set(publicTexts(real).map(({ text }) => text));
    const urgent = real.flags.filter(({ disposition }) => disposition === "emergency-now");
    expect(urgent.length).toBe(46);
    for (const { first, action, ask } of urgent) {
      for (const said of [first ?? "", ...action, ...ask]) {
        expect(checked).toContain(wording(said, "you"));
        expect(checked).toContain(wording(said, "they"));
      }
    }
  });

  test.each(real.flags.map((flag) => [flag.id, flag] as const))(
    "%s is asked in yes/no questions and told in sentences",
    (_id, flag) => {
      for (const person of ["you", "they"] as const) {
        for (const ask of flag.ask) {
          expect(wording(ask, person)).toMatch(
            /^((With|After|Before|In|On|Over) .*[,:] )?(is|are|was|were|do|does|did|has|have|could)\b[^?]*\?$/i,
          );
        }
        for (const action of flag.action) expect(wording(action, person)).toMatch(/^[A-Z].*[.?!]$/);
      }
      expect(flag.action.length).toBeGreaterThanOrEqual(3);
      expect(flag.action.length).toBeLessThanOrEqual(6);
    },
  );

  test("leads with whom to call in every flag that needs help now or today", () => {
    for (const { id, disposition, action } of real.flags) {
      if (disposition !== "emergency-now" && disposition !== "urgent-same-day") continue;
      expect(wording(action[0] ?? "", "you"), id).toMatch(
        /\{(emergency_number|nonemergency_line|crisis_line)\}|emergency department|maternity unit/,
      );
    }
  });

  test("knows each of the 65 questions in at least 12 wordings, none of them twice", () => {
    expect(real.answers).toHaveLength(65);
    const asks = real.answers.flatMap((answer) => answer.asks.map((ask) => ask.toLowerCase()));
    expect(new Set(asks).size).toBe(asks.length);
    for (const { id, asks: own } of real.answers) expect(own.length, id).toBeGreaterThanOrEqual(12);
  });
});
