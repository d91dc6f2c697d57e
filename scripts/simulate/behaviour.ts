import type { Reply } from "../../dialogs/reply.ts";
import { isEscalation } from "../../src/care/labels.ts";
import type { Random } from "../random.ts";
import { type Body, outcomeOf, sayOutcome } from "./body.ts";
import type { Person } from "./person.ts";

/** What a simulated person does next. */
export type Act =
  | { readonly kind: "say"; readonly text: string; readonly valid: boolean }
  | { readonly kind: "pick"; readonly value: string }
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "leave" };

const INTERRUPTIONS = [
  "should I use ice or heat?",
  "can I take ibuprofen?",
  "is this dangerous?",
  "how long should I hold it?",
  "what should I not do?",
  "why do I get these?",
  "why do you ask?",
  "say that again please",
  "where is that from?",
  "are you a real person?",
  "can I talk to a nurse?",
  "thanks",
  "ouch ouch ouch",
  "this is so annoying",
  "hmm",
  "what do you know about me?",
];
const STRAYS = ["maybe", "5", "I only had coffee today", "it is the muscle", "ok", "I don't understand"];

/**
 * The answer to what the bot asked last. `settled` makes the person answer plainly, so that a talk that never ends is the
 * bot's doing.
 */
export function act(person: Person, body: Body, random: Random, last: Reply, settled: boolean): Act {
  if (last.ask === null) return idle(person, body, random, last);
  if (!settled && random.chance(person.interrupts)) return { kind: "say", text: random.pick(INTERRUPTIONS), valid: false };
  if (!settled && random.chance(person.strays)) return { kind: "say", text: random.pick(STRAYS), valid: false };
  const [kind = ""] = (last.question ?? "").split(":");
  if (kind === "hold" || kind === "massage") return duringHold(person, body, random, last, settled);
  if (kind === "severity") return tellNumber(person, body, random);
  if (kind === "recheck" || kind === "check-in-answer") return tellOutcome(person, body, random, last);
  return choose(person, random, last, valueFor(person, body, random, last, kind));
}

/** Nothing is asked: told to get help they call and leave; otherwise they say how it stands, or go. */
function idle(person: Person, body: Body, random: Random, last: Reply): Act {
  if (isEscalation(last.disposition)) return random.chance(0.5) ? { kind: "pick", value: "called" } : { kind: "leave" };
  if (last.step === "wrap-up" || last.step === "check-in" || last.step === "small-talk") return { kind: "leave" };
  const now = body.gripping ? `my ${person.area.replace("-", " ")} is still cramping` : sayOutcome(random, body);
  return { kind: "say", text: now, valid: true };
}

function duringHold(person: Person, body: Body, random: Random, last: Reply, settled: boolean): Act {
  const seconds = last.timerSeconds ?? 30;
  if (person.waits === "forgets" && !settled && random.chance(0.3)) return { kind: "wait", seconds: 2 * 3600 };
  if (person.waits === "early" && random.chance(0.6)) return choose(person, random, last, "done");
  if (person.course === "worsens" && body.tried === 1) return choose(person, random, last, "hurts");
  return { kind: "wait", seconds };
}

function tellNumber(person: Person, body: Body, random: Random): Act {
  body.told = body.pain;
  if (person.answers === "buttons") return { kind: "pick", value: String(body.pain) };
  return { kind: "say", text: random.pick([`${body.pain}`, `about a ${body.pain}`, `${body.pain}/10`]), valid: true };
}

function tellOutcome(person: Person, body: Body, random: Random, last: Reply): Act {
  const outcome = outcomeOf(body);
  const words = sayOutcome(random, body);
  if (person.answers === "words" && random.chance(0.4)) return tellNumber(person, body, random);
  body.told = body.pain;
  if (person.answers === "words") return { kind: "say", text: words, valid: true };
  const offered = last.choices.map(({ value }) => value);
  if (offered.includes(outcome)) return choose(person, random, last, outcome);
  if (offered.includes("still")) return choose(person, random, last, body.gripping ? "still" : "let-go");
  return { kind: "say", text: words, valid: true };
}

/** The button that is true for this person. */
function valueFor(person: Person, body: Body, random: Random, last: Reply, kind: string): string {
  const values = last.choices.map(({ value }) => value);
  const has = (value: string) => values.includes(value);
  // "The button or the pain?": the number was the pain.
  const pain = values.find((value) => value.startsWith("pain-"));
  if (pain !== undefined) return pain;
  switch (kind) {
    case "card":
      if (person.sign?.told === "card") return random.pick(values.filter((value) => /^[cbnt]\d$/.test(value)));
      return "none";
    case "which":
      return values[0] ?? "unsure";
    case "area":
      return has(person.area) ? person.area : (values.find((value) => person.area.startsWith(value)) ?? values[0] ?? "");
    case "severity-word":
      return body.pain >= 7 ? "severe" : body.pain >= 4 ? "moderate" : "mild";
    case "onset":
      return "under-10";
    case "legs":
      return "yes";
    case "check-in":
      return random.pick(["in-20-minutes", "no-thanks"]);
    case "active-now":
      return body.gripping ? "yes" : "no";
    case "back-gate":
      return random.pick(["yes", "no"]);
    case "belly-kind":
      return "muscle";
    default:
      return ["none", "no", "done", "same-one"].find(has) ?? values[0] ?? "";
  }
}

/** Presses the button, types its label, or says it in words of their own. */
function choose(person: Person, random: Random, last: Reply, value: string): Act {
  const label = last.choices.find((choice) => choice.value === value)?.label;
  if (label === undefined) return { kind: "say", text: value, valid: true };
  if (person.answers === "buttons") return { kind: "pick", value };
  const own: Readonly<Record<string, readonly string[]>> = {
    none: ["none", "no, none of these", "nope"],
    done: ["done", "ok done", "next"],
    no: ["no", "nope"],
    yes: ["yes", "yep"],
    hurts: ["it hurts more now"],
  };
  const words = person.answers === "words" ? own[value] : undefined;
  return { kind: "say", text: words === undefined ? label : random.pick(words), valid: true };
}
