import type { CardLine } from "../src/care/content.ts";
import { countsAsPresent, type Disposition, urgency } from "../src/care/labels.ts";
import { wording } from "../src/care/said.ts";
import { addFlag } from "./absorb.ts";
import { chosen, nods, yesNoOf } from "./answer-reading.ts";
import { lineById } from "./card-lines.ts";
import type { Episode } from "./conversation.ts";
import { applyDecision } from "./escalate.ts";
import type { MessageEvent } from "./event.ts";
import { askCard, lineChoices, openLines } from "./first-aid/safety-check.ts";
import type { Choice } from "./reply.ts";
import type { Turn } from "./turn.ts";

/** Answers to the questions that safety hangs on. Each says whether the message was an answer. */

export function answerCard(turn: Turn, message: MessageEvent, episode: Episode): boolean {
  const lines = openLines(turn, episode);
  const values = chosen(turn, message);
  const ticked = tickedLines(message, lines, values);
  if (ticked.length > 0) {
    const typed = values.length === 0;
    takeLines(turn, episode, ticked, message.understanding.yesNo === "unsure" && typed, typed ? message : undefined);
    return true;
  }
  if (values.includes("none") || saysNoneAtLast(message)) return clearCard(turn, episode);
  if (values.includes("unsure")) return askWhichLine(turn, episode, lines);
  // Nothing is ticked and nothing is cleared by a nod, nor by how it goes: "a bit better" is no "a bit".
  if (nods(message) || tellsHowItGoes(message)) return false;
  if (takeDenials(turn, message, episode, lines)) return true;
  const answer = yesNoOf(turn, message);
  if (answer === "no") return clearCard(turn, episode);
  if (answer === "yes") return askWhichLine(turn, episode, lines, "card-which-fits");
  const leansNo = message.understanding.findings.has("leans-no");
  if (answer === "unsure") return askWhichLine(turn, episode, lines, leansNo ? "card-plainer" : "card-which-line");
  return false;
}

function tellsHowItGoes({ choice, understanding: { intent, confidence, findings } }: MessageEvent): boolean {
  const told = intent.startsWith("report-") || intent === "done";
  return choice === null && told && confidence >= 0.5 && !findings.has("no-idea");
}

/** Lines that were pressed, or that the words describe or point at. */
function tickedLines(message: MessageEvent, lines: readonly CardLine[], values: readonly string[]): readonly CardLine[] {
  const pressed = lines.filter((line) => values.includes(line.id));
  if (pressed.length > 0) return pressed;
  const { findings } = message.understanding;
  const told = lines.filter((line) => line.findings.some((finding) => countsAsPresent(findings.get(finding))));
  return told.length > 0 ? told : pointedAt(message, lines);
}

/** "The cold one", "a pop": a word of one line alone. */
function pointedAt({ choice, understanding }: MessageEvent, lines: readonly CardLine[]): readonly CardLine[] {
  const { words, length, yesNo, findings } = understanding;
  if (choice !== null || length > SHORT || yesNo === "no" || findings.has("leans-no")) return [];
  if ([...findings.values()].includes("negated")) return [];
  const said = new Set(words.split(" "));
  const hit = lines.filter((line) => contentWords(line.line).some((word) => said.has(word)));
  return hit.length === 1 ? hit : [];
}

const SHORT = 4;
/** Words that a line is made of but that point at none. */
const EMPTY = new Set(
  "the and or not with from feel feels gone odd too far very now one new out any arm leg foot hand limb neck back".split(" "),
);

function contentWords(text: string): string[] {
  const words = text.toLowerCase().split(/[^a-z]+/);
  return words.filter((word) => word.length > 2 && !EMPTY.has(word));
}

/** "Ok none": a nod before it takes nothing back. */
function saysNoneAtLast({ choice, understanding: { findings, length } }: MessageEvent): boolean {
  return choice === null && length < SHORT && findings.has("nod") && findings.get("none-of-all") === "present";
}

/**
 * "No swelling": what is denied is off the list, and the rest of it is still asked. A line of signs that only the person
 * can feel stays: "no chest pain" says nothing of breath.
 */
function takeDenials(turn: Turn, message: MessageEvent, episode: Episode, lines: readonly CardLine[]): boolean {
  const { findings } = message.understanding;
  if (message.choice !== null || findings.has("none-of-all") || !deniesSigns(turn, message)) return false;
  for (const line of lines) {
    if (!line.felt && line.findings.some((finding) => findings.get(finding) === "negated")) episode.card.lines[line.id] = "no";
  }
  turn.conversation.question = null;
  askCard(turn, episode, turn.messageText("sign-absent"));
  return true;
}

/** The message denies signs that the cards ask for, and tells of none. */
export function deniesSigns(turn: Turn, { understanding: { findings } }: MessageEvent): boolean {
  let denied = false;
  for (const sign of turn.world.cardSigns) {
    const polarity = findings.get(sign);
    if (polarity !== undefined && polarity !== "negated") return false;
    denied ||= polarity === "negated";
  }
  return denied;
}

function clearCard(turn: Turn, episode: Episode): boolean {
  for (const line of openLines(turn, episode)) episode.card.lines[line.id] = "no";
  episode.card.state = "clean";
  turn.conversation.question = null;
  return true;
}

/**
 * A yes or "not sure" about the card as a whole: which line, once; still unclear is a yes to the first.
 * @param words the message of steps.yaml that asks
 */
function askWhichLine(turn: Turn, episode: Episode, lines: readonly CardLine[], words = "card-which-line"): boolean {
  const { question } = turn.conversation;
  if (question === null) return false;
  if (question.tries > 0) {
    takeLines(turn, episode, lines.slice(0, 1), false);
    return true;
  }
  question.tries++;
  const choices = lineChoices(turn, lines);
  turn.askMessage(words, { id: "card", ask: "safety-check", choices }, { multiple: true });
  return true;
}

const RANK: Readonly<Record<CardLine["yes"], number>> = { "emergency-now": 0, "urgent-same-day": 1, "ask-which": 2 };

/** The most urgent of the ticked lines is followed. */
function takeLines(turn: Turn, episode: Episode, lines: readonly CardLine[], unsure: boolean, words?: MessageEvent): void {
  const line = [...lines].sort((a, b) => RANK[a.yes] - RANK[b.yes])[0];
  if (line === undefined) return;
  // "A pop" names the sign as well.
  const option = words === undefined ? undefined : onlyByWords(words, line);
  if (unsure && line.check !== undefined && !line.felt) {
    askCheck(turn, line);
    return;
  }
  confirmLine(turn, episode, line, option);
}

/** An unsure answer to the card about something that can be seen or touched: one look first, in that same turn. */
export function askLookFirst(turn: Turn): boolean {
  const line = turn.lookAt === null ? undefined : lineById(turn, turn.lookAt);
  if (line === undefined) return false;
  askCheck(turn, line);
  return true;
}

function askCheck(turn: Turn, line: CardLine): void {
  if (line.check === undefined) return;
  const choices = turn.choices("yes", "no", "unsure");
  turn.askMessage(
    "check-look",
    { id: `check:${line.id}`, ask: "which-sign", choices },
    { key: `check:${line.id}`, values: { question: wording(line.check, turn.person) }, sources: turn.content.cards.sources },
  );
}

/** A line of the card is true: it sends to help, or the next question tells which sign it is. */
function confirmLine(turn: Turn, episode: Episode, line: CardLine, option?: WhichOption): void {
  episode.card.lines[line.id] = "yes";
  turn.conversation.question = null;
  if (option !== undefined) {
    takeOption(turn, episode, option);
    return;
  }
  if (line.yes === "ask-which") {
    askWhich(turn, line);
    return;
  }
  if (line.flag !== undefined && line.which === undefined) {
    addFlag(turn, episode, line.flag, line.yes, "card");
    applyDecision(turn, episode);
    return;
  }
  for (const id of line.covers) addFlag(turn, episode, id, line.yes, "card");
  applyDecision(turn, episode);
  askWhich(turn, line);
}

function askWhich(turn: Turn, line: CardLine): void {
  if (line.which === undefined) return;
  const choices: Choice[] = [...line.which.options.map(({ value, label }) => ({ value, label })), turn.choice("unsure")];
  turn.ask(
    line.which.ask,
    { id: `which:${line.id}`, ask: "which-sign", choices },
    { step: "safety-check", key: `which:${line.id}`, sources: turn.content.cards.sources },
  );
}

type WhichOption = NonNullable<CardLine["which"]>["options"][number];

export function answerWhich(turn: Turn, message: MessageEvent, episode: Episode, id: string): boolean {
  const line = lineById(turn, id);
  if (line?.which === undefined) return false;
  const value = chosen(turn, message)[0] ?? byWords(message, line.which.options);
  const answer = yesNoOf(turn, message);
  const unsure = value === "unsure" || (value === undefined && answer === "unsure");
  const yesOrNo = answer === "yes" || answer === "no" ? line.which.options.find((option) => option.value === answer) : undefined;
  const option = unsure
    ? mostUrgent(turn, line.which.options)
    : (line.which.options.find((one) => one.value === value) ?? yesOrNo);
  if (option === undefined) return false;
  turn.conversation.question = null;
  dropLineFlags(episode, line);
  if (option.risk !== undefined) episode.risks.push(option.risk);
  if (option.clear === true) {
    episode.card.lines[line.id] = "no";
    askRest(turn, episode);
    return true;
  }
  takeOption(turn, episode, option);
  return true;
}

/** The flag ids of a ticked line stand only until the question has told which sign it was. */
function dropLineFlags(episode: Episode, line: CardLine): void {
  episode.flags = episode.flags.filter((flag) => !line.covers.includes(flag.id));
}

function takeOption(turn: Turn, episode: Episode, option: WhichOption): void {
  if (option.flag === undefined) return;
  addFlag(turn, episode, option.flag, option.disposition ?? dispositionOf(turn, option.flag), "answer");
  applyDecision(turn, episode);
}

/** The level that a flag has by itself. */
export function dispositionOf(turn: Turn, flag: string): Disposition {
  return turn.content.flags.find((one) => one.id === flag)?.disposition ?? "urgent-same-day";
}

function mostUrgent(turn: Turn, options: readonly WhichOption[]): WhichOption | undefined {
  const level = (option: WhichOption) =>
    option.flag === undefined ? 9 : urgency(option.disposition ?? dispositionOf(turn, option.flag));
  return [...options].sort((a, b) => level(a) - level(b))[0];
}

/** The one option of an undecided line that a short message names. */
function onlyByWords(message: MessageEvent, line: CardLine): WhichOption | undefined {
  if (line.yes !== "ask-which" || message.understanding.length > SHORT) return undefined;
  const said = new Set(message.understanding.words.split(" "));
  const named = (line.which?.options ?? []).filter(({ label }) => contentWords(label).some((word) => said.has(word)));
  return named.length === 1 && named[0]?.flag !== undefined ? named[0] : undefined;
}

/** The option whose label shares most words with the message. */
function byWords(message: MessageEvent, options: readonly WhichOption[]): string | undefined {
  const words = new Set(message.understanding.words.split(" "));
  const shared = (option: WhichOption) =>
    option.label
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => word.length > 3 && words.has(word)).length;
  const best = [...options].sort((a, b) => shared(b) - shared(a))[0];
  return best !== undefined && shared(best) > 0 ? best.value : undefined;
}

/** One line is cleared; the others were not answered yet unless the card was. */
function askRest(turn: Turn, episode: Episode): void {
  if (openLines(turn, episode).length === 0) episode.card.state = "clean";
  else askCard(turn, episode, turn.messageText("cleared"));
}

export function answerCheck(turn: Turn, message: MessageEvent, episode: Episode, id: string): boolean {
  const line = lineById(turn, id);
  if (line === undefined) return false;
  const same = message.understanding.findings.has("sides-same");
  const answer = same ? "no" : yesNoOf(turn, message);
  if (answer === null) return false;
  turn.conversation.question = null;
  if (answer === "no") {
    episode.card.lines[line.id] = "no";
    askRest(turn, episode);
    return true;
  }
  const means = line.which?.options.find((option) => option.value === line.check_means);
  if (answer === "yes" && means !== undefined) {
    episode.card.lines[line.id] = "yes";
    takeOption(turn, episode, means);
  } else confirmLine(turn, episode, line);
  return true;
}
