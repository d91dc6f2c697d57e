import { describe, expect, test } from "vitest";
import { type Decision, decide, type Situation } from "../../src/care/decide.ts";
import { type Disposition, urgency } from "../../src/care/labels.ts";
import { knowledge } from "../support/knowledge.ts";

const { decisions } = knowledge().content;
const columns = Object.entries(decisions.columns) as [keyof Situation, (string | boolean)[]][];

/** Every combination of the columns: some 760,000. */
function* situations(at = 0, known: Partial<Record<keyof Situation, string | boolean>> = {}): Generator<Situation> {
  const column = columns[at];
  if (column === undefined) {
    yield { ...known, signs: [] } as unknown as Situation;
    return;
  }
  for (const value of column[1]) yield* situations(at + 1, { ...known, [column[0]]: value });
}

interface Cell {
  readonly situation: Situation;
  readonly decision: Decision;
}

const cells: Cell[] = [];
for (const situation of situations()) {
  cells.push({ situation, decision: decide(decisions, situation) });
}
/** Each of the rare signs, in every eleventh situation (eleven divides no product of the columns, so all values come up). */
const withSign: Cell[] = Object.keys(decisions.signs).flatMap((sign) =>
  cells
    .filter((_, at) => at % 11 === 0)
    .map(({ situation }) => ({ ...situation, signs: [sign] }))
    .map((situation) => ({ situation, decision: decide(decisions, situation) })),
);

const atLeast = (decision: Decision, level: Disposition) =>
  decision.disposition !== null && urgency(decision.disposition) <= urgency(level);

function wrong(rule: (cell: Cell) => boolean): Cell[] {
  return [...cells, ...withSign].filter((cell) => !rule(cell)).slice(0, 3);
}

describe(`the decision table over ${cells.length} situations, and ${withSign.length} with a rare sign`, () => {
  test("every situation has a row, and every row has a situation", () => {
    const used = new Set([...cells, ...withSign].map(({ decision }) => decision.row.id));
    expect(decisions.rows.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
  });

  test("an emergency flag is an emergency whatever else is known, and allows nothing", () => {
    expect(
      wrong(
        ({ situation, decision }) =>
          situation.flag !== "emergency-now" || (decision.disposition === "emergency-now" && decision.row.allows.length === 0),
      ),
    ).toEqual([]);
  });

  test("who cannot answer is an emergency, and no rare sign lowers a level", () => {
    const levelOf = ({ disposition }: Decision) => (disposition === null ? 4 : urgency(disposition));
    expect(
      withSign
        .filter(({ situation, decision }) => {
          const without = levelOf(decide(decisions, { ...situation, signs: [] }));
          const emergency = !situation.signs.includes("cannot-answer") || decision.disposition === "emergency-now";
          return levelOf(decision) > without || !emergency;
        })
        .slice(0, 3),
    ).toEqual([]);
  });

  test("a same-day flag is at least that", () => {
    expect(
      wrong(({ situation, decision }) => situation.flag !== "urgent-same-day" || atLeast(decision, "urgent-same-day")),
    ).toEqual([]);
  });

  test("severe pain is at least same-day, anywhere, at any time", () => {
    expect(wrong(({ situation, decision }) => situation.pain !== "severe" || atLeast(decision, "urgent-same-day"))).toEqual([]);
  });

  test("severe chest pain, and severe belly pain that nothing explains, are emergencies", () => {
    expect(
      wrong(({ situation, decision }) => {
        if (situation.pain !== "severe") return true;
        const emergency = situation.place === "chest" || (situation.place === "belly" && !situation.explained);
        return !emergency || decision.disposition === "emergency-now";
      }),
    ).toEqual([]);
  });

  test("severe pain allows a stretch only in a limb, and never after ten minutes", () => {
    expect(
      wrong(({ situation, decision }) => {
        if (situation.pain !== "severe" || !decision.row.allows.includes("hold")) return true;
        return situation.place === "limb" && situation.onset !== "over-10";
      }),
    ).toEqual([]);
  });

  test("a grip of ten minutes or more in one muscle is at least same-day", () => {
    expect(
      wrong(({ situation, decision }) => {
        const long =
          situation.active && situation.place === "limb" && situation.onset === "over-10" && situation.grip === "gripping";
        return !long || atLeast(decision, "urgent-same-day");
      }),
    ).toEqual([]);
  });

  test("worse once, or the same twice, is a reason to have it seen", () => {
    expect(
      wrong(({ situation, decision }) => {
        if (situation.pain === "0-3" || situation.was_severe) return true;
        const stuck =
          situation.active && (situation.trend === "worse" || situation.trend === "same-twice") && situation.grip !== "let-go";
        return !stuck || situation.place === "unknown" || atLeast(decision, "see-clinician-soon");
      }),
    ).toEqual([]);
  });

  test("more pain, a higher flag or a risk never lowers the level", () => {
    const levelOf = (situation: Situation) => {
      const { disposition } = decide(decisions, situation);
      return disposition === null ? 4 : urgency(disposition);
    };
    const lowered = cells.filter(({ situation }, at) => {
      if (at % 7 !== 0) return false;
      const now = levelOf(situation);
      return (
        levelOf({ ...situation, flag: "emergency-now" }) > now ||
        (situation.flag === "none" && levelOf({ ...situation, flag: "urgent-same-day" }) > now) ||
        levelOf({ ...situation, risk: true }) > now
      );
    });
    expect(lowered.slice(0, 3)).toEqual([]);
  });

  test("an ordinary first message is not decided before its card", () => {
    const first = {
      flag: "none",
      active: true,
      place: "limb",
      pain: "unknown",
      onset: "unknown",
      trend: "none",
      grip: "unknown",
      card: "open",
      was_severe: false,
      explained: false,
      risk: false,
      returned: "no",
      signs: [],
    } as const;
    expect(decide(decisions, first).disposition).toBeNull();
    expect(decide(decisions, { ...first, card: "clean" }).disposition).toBe("self-care");
  });
});
