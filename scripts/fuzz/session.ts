import { type Agent, request } from "node:http";
import { brokenText } from "../broken-text.ts";
import { createRandom, type Random } from "../random.ts";
import { mutateBody, mutateText, mutateValue } from "./mutate.ts";
import { realActivities, realMessage } from "./seeds.ts";
import { HANG, isPolluted, STEPS, type Trouble } from "./trouble.ts";

/** Where a session is played. */
export interface Stage {
  readonly url: string;
  readonly agent: Agent;
  readonly texts: readonly string[];
  readonly secret: string;
  /** Takes what the bot posts to the channel. */
  readonly sink: string;
  /** What went wrong inside since it was last asked. */
  failures(): readonly unknown[];
  /** Lets time pass for the server. */
  advance(seconds: number): void;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly token: string | null;
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

interface Session {
  readonly seed: number;
  readonly random: Random;
  token: string;
  conversation: string;
  resume: string;
  /** Answers that the last reply offered. */
  offered: readonly unknown[];
}

/** Plays one person with one web chat and one conversation of the Bot Framework, for some steps. The same seed says the same. */
export async function playSession(stage: Stage, seed: number): Promise<Trouble | null> {
  const random = createRandom(seed);
  const session: Session = { seed, random, token: "", conversation: "none", resume: "", offered: [] };
  for (let step = 0; step < STEPS; step++) {
    const call = step === 0 ? jsonCall("/chat/token", null, { locale: "en-GB" }) : nextCall(stage, session, step);
    const what = await check(stage, session, call);
    if (what !== null) return { seed, step, what, call: JSON.stringify(call).slice(0, 4_000) };
    if (random.chance(0.2)) stage.advance(random.pick([1, 30, 60, 600]));
  }
  return null;
}

async function check(stage: Stage, session: Session, call: Call): Promise<string | null> {
  let answer: Answer;
  try {
    answer = await send(stage, call);
  } catch (error) {
    return `no answer: ${(error as Error).message}`;
  }
  const failures = stage.failures();
  if (failures.length > 0)
    return `failed inside: ${failures.map((one) => (one instanceof Error ? one.stack : String(one))).join("; ")}`;
  if (answer.status >= 500) return `answered ${answer.status}: ${answer.text.slice(0, 200)}`;
  if (isPolluted()) return "the prototype of all objects was changed";
  return read(session, call, answer);
}

/** Learns from the answer what a client would; says what is wrong with it. */
function read(session: Session, { path }: Call, { status, text }: Answer): string | null {
  if (text === "") return null;
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return /^\/(\?|$)|^\/pictures|^\/metrics/.test(path) ? null : `the answer is no JSON: ${text.slice(0, 200)}`;
  }
  if (status === 200 && typeof body["token"] === "string") session.token = body["token"];
  if (status === 200 && typeof body["conversationId"] === "string") session.conversation = body["conversationId"];
  if (typeof body["resume"] === "string") session.resume = body["resume"];
  const activities = Array.isArray(body["activities"]) ? (body["activities"] as Record<string, unknown>[]) : [];
  for (const { text: said, from, suggestedActions } of activities) {
    if ((from as { role?: string } | undefined)?.role === "user") continue;
    const broken = brokenText(said);
    if (broken !== null) return broken;
    const actions = (suggestedActions as { actions?: { value: unknown }[] } | undefined)?.actions ?? [];
    session.offered = actions.map(({ value }) => value);
  }
  return null;
}

function jsonCall(path: string, token: string | null, body: unknown): Call {
  return { method: "POST", path, token, body: JSON.stringify(body) ?? "", headers: {} };
}

function nextCall(stage: Stage, session: Session, step: number): Call {
  const { random, conversation, token, seed } = session;
  const posts = `/v3/directline/conversations/${conversation}/activities`;
  const real = random.pick(stage.texts);
  const text = random.chance(0.5) ? real : mutateText(random.chance(0.3) ? `${real} ${random.pick(stage.texts)}` : real, random);
  switch (random.below(10)) {
    case 0:
    case 1:
      return jsonCall(posts, token, realMessage(text, `c${step}`));
    case 2:
    case 3:
      return jsonCall(posts, token, { ...realMessage("", `c${step}`), value: pressed(session) });
    case 4:
      return jsonCall(posts, token, mutateValue(realMessage(text, `c${step}`), random));
    case 5:
    case 6: {
      const activity = random.pick(realActivities(text, `f${seed}`, stage.sink));
      return jsonCall("/api/messages", null, random.chance(0.4) ? activity : mutateValue(activity, random));
    }
    case 7:
      return { ...jsonCall(posts, token, {}), body: mutateBody(JSON.stringify(realMessage(text, "c")), random) };
    case 8:
      return {
        method: "GET",
        path: `${posts}?watermark=${random.pick(["", "0", "5", "-1", "x"])}`,
        token,
        body: null,
        headers: {},
      };
    default:
      return oddCall(stage, session);
  }
}

/** A button of the last reply, or what is like one. */
function pressed({ offered, random }: Session): unknown {
  if (offered.length === 0 || random.chance(0.2))
    return { choice: random.pick(["none", "done", "yes", "7", "c1,c2", "constructor"]) };
  return random.chance(0.8) ? random.pick(offered) : mutateValue(random.pick(offered), random);
}

/** Another route, written a little wrong. */
function oddCall({ secret }: Stage, { random, conversation, token, resume }: Session): Call {
  const id = random.chance(0.7)
    ? conversation
    : encodeURIComponent(mutateText(conversation, random).replace(/[\ud800-\udfff]/g, ""));
  const paths = [
    `/v3/directline/conversations/${id}`,
    `/v3/directline/conversations/${id}/activities`,
    `/v3/directline/conversations/${id}/upload`,
    `/v3/directline/conversations/${id}/stream`,
    "/v3/directline/conversations",
    "/v3/directline/tokens/refresh",
    "/v3/directline/tokens/generate",
    "/chat/token",
    "/pictures/abs-lengthen.svg",
    "/healthz",
    "/",
  ];
  const path = random.pick(paths);
  const holder = random.pick([token, secret, `${token}x`, mutateText(token, random).replace(/[^\x21-\x7e]/g, ""), ""]);
  const body =
    path === "/chat/token" ? { resume: random.pick([resume, `${resume}x`, 7]) } : { user: { id: "dl_x" }, locale: "en" };
  const headers = random.pick<Record<string, string>>([
    {},
    {},
    { Origin: "https://evil.example" },
    { "Content-Type": "text/plain" },
    { "Content-Encoding": "gzip" },
    { "X-Forwarded-For": "1.2.3.4, x" },
    { Host: "[" },
  ]);
  const method = random.pick(["GET", "POST", "POST", "PUT", "OPTIONS", "HEAD", "DELETE"]);
  const sent =
    method === "GET" || method === "HEAD" ? null : JSON.stringify(random.chance(0.5) ? body : mutateValue(body, random));
  return { method, path, token: holder, body: sent ?? null, headers };
}

function send({ url, agent }: Stage, { method, path, token, body, headers }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(`${url}${path}`, {
      method,
      agent,
      timeout: HANG,
      headers: {
        ...(body === null ? {} : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) }),
        ...(token === null || token === "" ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    call.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      response.on("error", reject);
    });
    call.on("timeout", () => call.destroy(new Error(`hangs for ${HANG} ms`)));
    call.on("error", reject);
    call.end(body ?? undefined);
  });
}
