import { type AreaContent, type CardLine, type Content, isReviewed } from "../src/care/content.ts";
import { countryOf, type Numbers, numbersFor } from "../src/care/countries.ts";
import type { Situation } from "../src/care/decide.ts";
import { type Ask, isEscalation, type StepName } from "../src/care/labels.ts";
import type { FlagRule } from "../src/care/red-flags.ts";
import { fill, type Person, type Said, wording } from "../src/care/said.ts";
import { MOST_REPLIES } from "./at-most-three.ts";
import {
  type Conversation,
  type Episode,
  newEpisode,
  type Question,
  type SaidKey,
  STEP_TIMERS,
  type TimerKind,
} from "./conversation.ts";
import { dontList } from "./dont.ts";
import type { Event, MessageEvent } from "./event.ts";
import type { Choice, HandOffRequest, HandOffTerms, Picture, Reply } from "./reply.ts";

/** What never changes while the bot runs. */
export interface World {
  readonly content: Content;
  /** ISO code of the deployment's country, if it has one. */
  readonly defaultCountry: string | null;
  /** Red-flag rules with each flag's own phrases joined in. */
  readonly flagRules: readonly FlagRule[];
  /** The findings that each flag's rule names. */
  readonly signsOf: ReadonlyMap<string, ReadonlySet<string>>;
  /** The lines of all safety cards. */
  readonly cardLines: readonly CardLine[];
  /** What they ask for. */
  readonly cardSigns: readonly string[];
  /** Null: nobody takes people over, and the bot names the number to call. */
  readonly handOff?: HandOffTerms | null;
}

export interface SayOptions {
  readonly handOff?: HandOffRequest;
  readonly step?: StepName;
  readonly key?: SaidKey;
  readonly choices?: readonly Choice[];
  readonly multiple?: boolean;
  readonly picture?: Picture | null;
  readonly timerSeconds?: number | null;
  readonly ask?: Ask | null;
  readonly sources?: readonly string[];
  readonly values?: Readonly<Record<string, string>>;
  readonly spoken?: string;
  /** Use the other wording, for "say that again". */
  readonly again?: boolean;
}

/** A question and the buttons that answer it. */
interface Asked {
  readonly id: string;
  readonly ask: Ask;
  readonly choices: readonly Choice[];
}

/**
 * One turn while it is worked out: a copy of the conversation to write on, and the replies so far. It lives only inside
 * `respond`, which is pure seen from outside.
 */
export class Turn {
  readonly world: World;
  readonly content: Content;
  readonly event: Event;
  readonly now: number;
  readonly conversation: Conversation;
  numbers: Numbers;
  readonly replies: Reply[] = [];
  readonly said: SaidKey[] = [];
  /** Something was said that ends the turn: the flow does not go on by itself. */
  halted = false;
  /** The person told severe pain in this very message, and it has not been answered yet. */
  severeNow = false;
  /** How bad it was before this message. */
  bandBefore: Situation["pain"] = "unknown";
  /** This message told another start than was known, and that it is ten minutes or more. */
  longerNow = false;
  /** A line of the card that an unsure answer described: one look before it counts. */
  lookAt: string | null = null;
  /** In the middle of the talk it turned out to be about somebody else. */
  otherNow = false;
  /** A red flag came up in this turn, or an older one got a higher level. */
  flagRaised = false;
  /** Milliseconds since the last word about this episode. */
  silent = 0;
  /** Everything stored about the person is to be deleted. */
  forget = false;

  constructor(world: World, conversation: Conversation, event: Event, now: number) {
    this.world = world;
    this.content = world.content;
    this.event = event;
    this.now = now;
    this.conversation = conversation;
    this.numbers = this.readNumbers();
  }

  /** After the person named a country in this turn. */
  refreshNumbers(): void {
    this.numbers = this.readNumbers();
  }

  private readNumbers(): Numbers {
    const { content, event, conversation, world } = this;
    const where = {
      said: conversation.country,
      configured: world.defaultCountry,
      timeZone: event.timeZone,
      locale: event.locale,
    };
    return numbersFor(countryOf(where, content.numbers), content.numbers);
  }

  get message(): MessageEvent | null {
    return this.event.kind === "message" ? this.event : null;
  }

  /** The episode that runs now; null between episodes. */
  get episode(): Episode | null {
    const { episode } = this.conversation;
    return episode === null || episode.ended ? null : episode;
  }

  /** The running episode, begun if there is none. */
  ensureEpisode(): Episode {
    const running = this.episode;
    if (running !== null) return running;
    const episode = newEpisode(this.conversation.turns, this.now);
    this.conversation.episode = episode;
    return episode;
  }

  get area(): AreaContent | null {
    const id = this.episode?.area ?? null;
    return id === null ? null : (this.content.areas[id] ?? null);
  }

  get person(): Person {
    const { episode, checkIn } = this.conversation;
    const goesOn = episode !== null && (!episode.ended || checkIn !== null);
    return goesOn && episode.patient.who === "other" ? "they" : "you";
  }

  get reviewed(): boolean {
    return isReviewed(this.content);
  }

  get full(): boolean {
    return this.replies.length >= MOST_REPLIES;
  }

  label(name: string): string {
    const label = this.content.steps.labels[name];
    if (label === undefined) throw new Error(`steps.yaml has no label "${name}"`);
    return label;
  }

  choice(value: string, label = value): Choice {
    return { value, label: this.label(label) };
  }

  /** Buttons whose labels stand under their own values. */
  choices(...values: readonly string[]): Choice[] {
    return values.map((value) => this.choice(value));
  }

  /** Says a message of steps.yaml. */
  sayMessage(id: string, options: SayOptions = {}): void {
    const message = this.content.steps.messages[id];
    if (message === undefined) throw new Error(`steps.yaml has no message "${id}"`);
    const again = options.again === true ? message.again : undefined;
    this.say(again ?? message.say, {
      step: message.step,
      // Said again, it has another name, so that the third time the first words come back.
      key: again === undefined ? `message:${id}` : `message:${id}:again`,
      sources: message.sources ?? this.content.steps.sources,
      ...options,
    });
  }

  /** The wording of a message of steps.yaml, for joining two into one reply. */
  messageText(id: string, values: Readonly<Record<string, string>> = {}): string {
    const message = this.content.steps.messages[id];
    if (message === undefined) throw new Error(`steps.yaml has no message "${id}"`);
    return this.filled(message.say, values);
  }

  say(said: Said, options: SayOptions = {}): void {
    const text = this.filled(said, options.values);
    const choices = options.choices ?? [];
    this.replies.push({
      text,
      spoken: options.spoken ?? spokenText(text),
      choices,
      multiple: options.multiple ?? false,
      picture: options.picture ?? null,
      timerSeconds: options.timerSeconds ?? null,
      clock: null,
      step: options.step ?? "answer",
      disposition: this.conversation.episode?.disposition ?? null,
      flags: this.flags(),
      ask: options.ask ?? null,
      question: options.ask ? (this.conversation.question?.id ?? null) : null,
      sources: options.sources ?? [],
      emergencyNumber: this.numbers.dial,
      ...(options.handOff === undefined ? {} : { handOff: options.handOff }),
    });
    if (options.key !== undefined) this.said.push(options.key);
  }

  /** Waits for an answer to what is said right after; `ask` does both. */
  expect(question: Omit<Question, "tries">): void {
    const before = this.conversation.question;
    this.conversation.question = { ...question, tries: before?.id === question.id ? before.tries : 0 };
    // One reminder a silence: only the person's own words begin a new one.
    if (this.event.kind === "message") this.conversation.reminded = false;
    this.halted = true;
  }

  /** Says a text that asks, with its buttons. */
  ask(said: Said, { id, ask, choices }: Asked, options: SayOptions & { readonly step: StepName }): void {
    this.expect({ id, ask, step: options.step, options: choices.map(({ value }) => value) });
    this.say(said, { ...options, ask, choices });
  }

  /** Says a message of steps.yaml that asks, with its buttons. */
  askMessage(message: string, { id, ask, choices }: Asked, options: SayOptions = {}): void {
    const step = options.step ?? this.content.steps.messages[message]?.step ?? "clarify";
    this.expect({ id, ask, step, options: choices.map(({ value }) => value) });
    this.sayMessage(message, { ...options, ask, choices });
  }

  setTimer(kind: TimerKind, at: number, seconds: number | null = null): void {
    this.clearTimer(kind);
    this.conversation.timers.push({ id: `${kind}-${this.conversation.turns}`, kind, at, seconds });
  }

  clearTimer(...kinds: readonly TimerKind[]): void {
    this.conversation.timers = this.conversation.timers.filter((timer) => !kinds.includes(timer.kind));
  }

  /** The walk-through ends here, however it ends: neither its countdowns nor its question go on. */
  endSteps(): void {
    this.clearTimer(...STEP_TIMERS);
    this.conversation.paused = null;
    this.conversation.question = null;
  }

  hasTimer(kind: TimerKind): boolean {
    return this.conversation.timers.some((timer) => timer.kind === kind);
  }

  /** Help is advised and routine advice has ended. */
  get escalated(): boolean {
    return this.episode !== null && isEscalation(this.episode.disposition);
  }

  private flags(): readonly string[] {
    const episode = this.conversation.episode;
    if (episode === null) return [];
    return episode.flags.map((flag) => flag.id);
  }

  private filled(said: Said, values: Readonly<Record<string, string>> = {}): string {
    const text = wording(said, this.person);
    // Most texts have no placeholder, and the values of all take long to put together.
    return text.includes("{") ? fill(text, { ...this.values(), ...values }) : text;
  }

  /** Values of the placeholders that any text may use. */
  private values(): Record<string, string> {
    const area = this.area;
    return {
      emergency_number: this.numbers.emergency,
      nonemergency_line: this.numbers.advice,
      crisis_line: this.numbers.crisis,
      country: this.numbers.countryName ?? "your country",
      area: area?.name ?? "cramp",
      first_relief: area === null ? this.label("relief-anywhere") : wording(area.relief, this.person),
      net: area === null ? "" : this.netOf(area),
      dont: area === null ? this.label("dont-anywhere") : dontList(area),
    };
  }

  private netOf(area: AreaContent): string {
    return fill(wording(area.net, this.person), {
      emergency_number: this.numbers.emergency,
      nonemergency_line: this.numbers.advice,
    });
  }
}

/** A text for the ear: numbers of three digits or more are said digit by digit. */
function spokenText(text: string): string {
  return text.replace(/\b\d{3,}\b/g, (digits) => [...digits].join(" "));
}
