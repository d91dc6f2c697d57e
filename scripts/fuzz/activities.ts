import {
  checkActivity,
  conversationKey,
  deliveryOf,
  scopeOf,
  settingOf,
  whatOf,
} from "../../src/channels/bot-framework/activity-in.ts";
import { activitiesOf } from "../../src/channels/bot-framework/activity-out.ts";
import { activityOfReply, clientActivityOf, echoOf, messageOf } from "../../src/channels/direct-line/activity.ts";
import { HttpError } from "../../src/channels/http/http.ts";
import { isRecord } from "../../src/channels/http/is-record.ts";
import { createMemoryStore } from "../../src/store/memory.ts";
import type { Incoming, Outgoing, Turns } from "../../src/turns/port.ts";
import { createTurns, type Mind } from "../../src/turns/turns.ts";
import { brokenText } from "../broken-text.ts";
import { createRandom, type Random } from "../random.ts";
import { mutateValue } from "./mutate.ts";
import { realActivities, realMessage } from "./seeds.ts";
import { oddText } from "./texts.ts";
import { computedSince, HANG, isPolluted, STEPS, type Trouble } from "./trouble.ts";

/** Somebody whose activities go through a channel's reading, the whole turn with its store, and the channel's writing; without HTTP and the SDK. */
interface Session {
  readonly random: Random;
  readonly texts: readonly string[];
  readonly turns: Turns;
  readonly failures: unknown[];
  readonly name: string;
  /** Answers that the last reply offered. */
  offered: readonly unknown[];
  now: number;
}

interface Shown {
  readonly channelId: string;
  readonly sent: readonly object[];
}

const PLACES = { pictures: "https://bot.example/pictures", appId: "6b1c7a50-0000-4000-8000-000000000000" };

/** Plays one person on some channel. The same seed says the same. */
export async function playActivities(mind: Mind, texts: readonly string[], seed: number): Promise<Trouble | null> {
  const random = createRandom(seed);
  const failures: unknown[] = [];
  const observer = { turn: () => {}, failure: (_: string, error: unknown) => void failures.push(error) };
  const turns = createTurns({ store: createMemoryStore(), mind: Promise.resolve(mind), observer });
  turns.connect("direct-line", async () => "arrived", { transcript: true });
  turns.connect("bot-framework", async () => "arrived");
  const session: Session = { random, texts, turns, failures, name: `f${seed}`, offered: [], now: 1_767_258_000_000 };
  for (let step = 0; step < STEPS; step++) {
    if (random.chance(0.2)) session.now += 1_000 * random.pick([1, 30, 60, 600, 50_000]);
    const isWeb = random.chance(0.4);
    // What comes over HTTP is JSON: nothing else can be inside.
    const activity = JSON.parse(JSON.stringify(oddActivity(session, isWeb)) ?? "null") as unknown;
    const what = await check(session, activity, isWeb);
    if (what !== null) return { seed, step, what, call: JSON.stringify(activity).slice(0, 4_000) };
  }
  return null;
}

function oddActivity({ random, texts, name, offered }: Session, isWeb: boolean): unknown {
  const text = oddText(texts, random);
  const real = isWeb
    ? realMessage(text, `c${random.below(1_000)}`)
    : { ...random.pick(realActivities(text, name, "https://smba.trafficmanager.net/emea/")), id: `a${random.below(1_000)}` };
  const pressed = offered.length > 0 && random.chance(0.3) ? { ...real, text: "", value: random.pick(offered) } : real;
  return random.chance(0.3) ? pressed : mutateValue(random.chance(0.2) ? mutateValue(pressed, random) : pressed, random);
}

async function check(session: Session, activity: unknown, isWeb: boolean): Promise<string | null> {
  const before = process.cpuUsage();
  let shown: Shown = { channelId: "", sent: [] };
  try {
    const body = isRecord(activity) ? activity : null;
    shown = isWeb ? await asWeb(session, body) : await asBotFramework(session, body);
  } catch (error) {
    if (!(error instanceof HttpError && error.status < 500)) session.failures.push(error);
  }
  const [failure] = session.failures;
  if (failure !== undefined)
    return `failed inside: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}`;
  const milliseconds = computedSince(before);
  if (milliseconds > HANG) return `took ${Math.round(milliseconds)} ms`;
  if (isPolluted()) return "the prototype of all objects was changed";
  return read(session, shown);
}

async function asWeb(session: Session, body: Readonly<Record<string, unknown>> | null): Promise<Shown> {
  if (body === null) return { channelId: "directline", sent: [] };
  const { turns, name, now } = session;
  const echo = (sequence: number) => JSON.stringify(echoOf(name, "dl_me", body, sequence, now));
  const what = messageOf(body);
  const { replies } = await turns.handle({ ...webSetting(body), what, activity: clientActivityOf(body), echo, ...at(session) });
  return { channelId: "directline", sent: replies.map((one) => activityOfReply(name, one)) };
}

async function asBotFramework(session: Session, body: Readonly<Record<string, unknown>> | null): Promise<Shown> {
  const activity = checkActivity(body);
  const what = whatOf(activity);
  const { channelId, conversation } = activity;
  if (what === null) return { channelId, sent: [] };
  const setting = settingOf(activity);
  const { replies } = await session.turns.handle({
    ...at(session),
    conversation: conversationKey(activity),
    channel: "bot-framework",
    activity: deliveryOf(activity),
    what,
    echo: null,
    ...setting,
  });
  const place = { channelId, scope: scopeOf(conversation), ...PLACES, hub: session.random.chance(0.2) };
  return {
    channelId,
    sent: activitiesOf(
      replies.map(({ reply }: Outgoing) => reply),
      place,
    ).flat(),
  };
}

function at({ name, now }: Session): Pick<Incoming, "conversation" | "channel" | "reference" | "mustDeliver" | "at"> {
  return { conversation: `web:${name}`, channel: "direct-line", reference: null, mustDeliver: false, at: now };
}

function webSetting({ locale, localTimezone }: Readonly<Record<string, unknown>>) {
  const short = (value: unknown) => (typeof value === "string" && value.length <= 60 ? value : null);
  return { locale: short(locale), timeZone: short(localTimezone), scope: "personal", reach: "open" } as const;
}

/** Reads what goes out as a client would, after JSON and back. */
function read(session: Session, { sent }: Shown): string | null {
  for (const one of JSON.parse(JSON.stringify(sent)) as Record<string, unknown>[]) {
    const broken = brokenText(one["text"]) ?? brokenText(one["speak"]);
    if (broken !== null) return broken;
    const actions = (one["suggestedActions"] as { actions?: { value: unknown }[] } | undefined)?.actions ?? [];
    if (actions.length > 0) session.offered = actions.map(({ value }) => value);
  }
  return null;
}
