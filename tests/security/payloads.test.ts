import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createLineChat } from "../../src/channels/terminal/lines.ts";
import { understandingLine } from "../../src/channels/terminal/understanding-line.ts";
import { knowledge } from "../support/knowledge.ts";
import { startProcess } from "../support/process.ts";
import { ask, at, beginChat, type Chat, emulated, say, sendRaw, startTarget, type Target, transcript } from "./target.ts";

/** Words and fields that are made to be taken for something else: for code, for a log line. */

let target: Target;
let chat: Chat;

beforeAll(async () => {
  target = await startTarget();
});
afterEach(() => {
  expect(target.failures).toEqual([]);
});
afterAll(async () => {
  await target.close();
});

const ODD_KEYS = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf", "length", "then"];

describe("a body that reaches for the prototype", () => {
  const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
  const POLLUTED = '{"polluted":"yes","isAdmin":true,"toJSON":"yes"}';
  const nest = (key: string) => `"${key}":${POLLUTED},"constructor":{"prototype":${POLLUTED}}`;

  it("changes nothing of any other object, at every door and in every part", async () => {
    chat = await beginChat(target);
    for (const key of ["__proto__", "constructor", "prototype"]) {
      const parts = ["from", "recipient", "conversation", "channelData", "value", "entities", "attachments", "membersAdded"];
      for (const part of ["", ...parts]) {
        const inner = part === "" ? nest(key) : `"${part}":{${nest(key)},"id":"x"}`;
        const list = part === "" ? nest(key) : `"${part}":[{${nest(key)}}]`;
        for (const field of [inner, list]) {
          const raw = `{"type":"message","text":"my calf is cramping","deliveryMode":"expectReplies","conversation":{"id":"p"},${field}}`;
          expect((await ask(target, "POST", "/api/messages", { raw })).status).toBeLessThan(500);
          expect(
            (await ask(target, "POST", at(chat.conversation, "/activities"), { token: chat.token, raw })).status,
          ).toBeLessThan(500);
          expect((await ask(target, "POST", "/chat/token", { raw })).status).toBeLessThan(500);
        }
      }
    }
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);
    const said = (await transcript(target, chat)).filter(({ from }) => from.role === "bot");
    expect(said.length).toBeGreaterThan(0);
    expect(JSON.stringify(said)).not.toContain("polluted");
  });

  it.each(ODD_KEYS)("is understood as a word like any other: %s", async (key) => {
    const own = await beginChat(target);
    for (const activity of [
      { type: "message", text: key },
      { type: "message", text: "", value: { choice: key, question: key } },
      { type: "message", text: "my calf is cramping", locale: key, localTimezone: key },
      { type: "message", text: "", value: { choice: `${key},${key}`, question: "safety-check" } },
      { type: "message", text: `my ${key} hurts, a 7 of 10` },
    ]) {
      expect((await say(target, own, activity)).status).toBe(200);
      const body = emulated(activity.text, { ...activity, conversation: { id: key }, from: { id: key }, channelId: key });
      expect((await ask(target, "POST", "/api/messages", { body })).status).toBeLessThan(500);
    }
    const said = (await transcript(target, own)).filter(({ from }) => from.role === "bot");
    expect(said.length).toBeGreaterThan(4);
    for (const { text } of said) expect(text).not.toMatch(/\[object|\bObject\b|function |native code|undefined|NaN/);
  });
});

const MARK = "zebra7";
const MARKUP = [
  `<script>alert('${MARK}')</script>`,
  `<img src=x onerror=alert('${MARK}')>`,
  `[click](javascript:alert('${MARK}'))`,
  `![x](https://evil.example/${MARK}.png)`,
  `<at>${MARK}</at><b>bold</b>`,
  `\${${MARK}} {{${MARK}}} <%= ${MARK} %>`,
  `"}],"text":"${MARK}`,
  `\u202e${MARK}\u202c`,
];

describe("markup", () => {
  /** In every field that a client may fill. */
  const fields = (mark: string) => ({
    text: `my calf is cramping ${mark}`,
    locale: mark,
    localTimezone: mark,
    from: { id: mark, name: mark, aadObjectId: mark },
    recipient: { id: "unknot", name: mark },
    conversation: { id: `m-${mark.length}`, name: mark, conversationType: "personal" },
    channelData: { clientActivityID: mark, tenant: { id: mark } },
    entities: [{ type: "mention", text: mark, mentioned: { id: mark, name: mark } }],
    value: { choice: mark, question: mark },
    summary: mark,
    speak: mark,
    replyToId: mark,
  });

  it.each(MARKUP)("comes out of no channel in the bot's words or cards: %s", async (mark) => {
    for (const channelId of ["msteams", "webchat", "directline", "emulator", "sms", "email", "slack"]) {
      for (const { value: pressed, ...rest } of [fields(mark), { ...fields(mark), text: mark }]) {
        for (const body of [emulated("", { ...rest, channelId }), emulated("", { ...rest, channelId, value: pressed })]) {
          const answer = await ask(target, "POST", "/api/messages", { body });
          expect(answer.status, channelId).toBe(200);
          const { activities } = answer.body as { activities?: Record<string, unknown>[] };
          // The reply is addressed to whoever sent the message: those parts are theirs.
          const spoken = (activities ?? []).map(
            ({ from: _, recipient: __, conversation: ___, replyToId: ____, ...said }) => said,
          );
          expect(JSON.stringify(spoken), channelId).not.toContain(MARK);
          for (const one of spoken) expect(["plain", undefined]).toContain(one["textFormat"]);
        }
      }
    }
  });

  it("stays the person's own words on Direct Line: kept as text, and the bot repeats none of it", async () => {
    const own = await beginChat(target);
    for (const mark of MARKUP) await say(target, own, { type: "message", ...fields(mark) });
    const all = await transcript(target, own);
    const users = all.filter(({ from }) => from.role === "user");
    expect(users.map(({ text }) => text)).toEqual(MARKUP.map((mark) => `my calf is cramping ${mark}`));
    for (const { from } of users) expect(from.id).toBe(own.user);
    expect(JSON.stringify(all.filter(({ from }) => from.role === "bot"))).not.toContain(MARK);
    const { headers } = await ask(target, "GET", at(own.conversation, "/activities"), { token: own.token });
    expect(headers.get("content-type")).toContain("application/json");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("comes out of the terminal as no control character", async () => {
    const answer = createLineChat(target.turns);
    const controls = "\u001b[31m\u001b]0;title\u0007\u009b2J\u202e\u0000\r";
    for (const text of [`my calf is cramping ${controls}${MARK}`, controls, `${controls}severe chest pain`]) {
      const said = await answer(JSON.stringify({ conversation: `t${controls}`, text, locale: controls, timeZone: controls }));
      expect(JSON.stringify(said.replies)).not.toContain(MARK);
      for (const { text: reply } of said.replies) expect(reply).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
    }
  });
});

describe("a log", { timeout: 90_000 }, () => {
  it("has one line of JSON for each thing, whatever anybody sent, and none of their words", async () => {
    const server = await startProcess({ LOG_LEVEL: "debug" });
    const remote = { ...target, url: server.url, port: Number(new URL(server.url).port) };
    const inject = `${MARK}\n{"level":50,"event":"forged"}\r\n\u001b[2J\u2028`;
    const own = await beginChat(remote);
    for (const body of [
      { type: "message", text: inject, locale: inject, channelData: { clientActivityID: inject } },
      { type: inject, text: inject },
    ])
      await say(remote, own, body);
    for (const parts of [{ from: { id: inject } }, { conversation: { id: inject } }, { channelId: inject }, { id: inject }])
      await ask(remote, "POST", "/api/messages", { body: emulated(inject, parts) });
    await ask(remote, "GET", `/${encodeURIComponent(inject)}`, {
      headers: { "User-Agent": `${MARK}\u001b[2J`.replace("\u001b", "%1b") },
    });
    await sendRaw(remote, `GET /${MARK}\u001b[2J HTTP/1.1\r\nHost: ${MARK}\u001b[2J\r\nConnection: close\r\n\r\n`);
    await sendRaw(
      remote,
      `POST /chat/token HTTP/1.1\r\nHost: a\r\nX-Request-Id: ${MARK}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
    await ask(remote, "POST", "/chat/token", { raw: `{"${MARK}` });
    await server.stop("SIGKILL");
    const lines = server.output().trimEnd().split("\n");
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty("event");
    expect(server.output()).not.toMatch(/forged|(?!\n)\p{Cc}|\u2028/u);
    expect(server.output()).not.toContain(MARK);
  });
});

/** The same work for eight times the text takes some eight times as long; a pattern that backtracks takes 64 times or for ever. */
// biome-ignore format: a list to read, not a column
const SHAPES: readonly string[] = [
  "a", "aA", "1", "10", "1.", "1,", " ", "\n", "\t ", "'", "\"", "-", "a-", "a'", "'s ", "(", "((", ")", "<", "<at>", "<at></at>", "</", "&nbsp;", "[", "](", "*", "_", ".", "..", "!", "?", ",", ", ", ";", ":", "/", "1/", "1-", "1 to ", "\\", "%", "°", "é", "ß", "ﬁ", "\u0301", "\u200d", "\ud83d", "😀", "👩‍", "が", "ا",
  "no ", "not ", "no no ", "and ", "or ", "if ", "not a ", "don't ", "never ", "without ",
  "my calf is cramping ", "chest pain ", "no chest pain, ", "no chest pain or ", "she had chest pain last year ", "if I had chest pain in 2019 ", "pain 7 out of 10 ", "for 5 minutes and ", "in 2019 ", "severe ", "left right ", "my mother's ", "numb numb ", "clf ", "crmp crampp ", "zxqv ", "comma ", "full stop ", "38.5 degrees ", "12 weeks pregnant ", "70 years old ", "yes no ", "1st 2nd ",
];
const LONG = 50_000;
/** Eight times the text: linear is 8 times the work, quadratic 64. */
const TIMES = 8;
const MOST_TIMES = 40;

const filled = (shape: string, length: number): string => shape.repeat(Math.ceil(length / shape.length)).slice(0, length);

/** Processor time of the least of some runs: what else the machine does is in neither side of a ratio. */
async function cost(work: () => unknown, runs = 4): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
  }
  return least;
}

describe("50,000 characters", { timeout: 120_000 }, () => {
  it("of any shape are read in linear time by every reader", async () => {
    const { understand } = knowledge();
    const read = (text: string) => understandingLine(text, understand(text));
    for (const shape of SHAPES) {
      expect(read(filled(shape, LONG)).disposition, JSON.stringify(shape)).toBeDefined();
      // What is longer than 8,000 is cut before it is read.
      const [some, more] = [filled(shape, 1_000), filled(shape, 1_000 * TIMES)];
      const grows = (await cost(() => read(more))) / (await cost(() => read(some)));
      expect(grows, JSON.stringify(shape)).toBeLessThan(MOST_TIMES);
    }
  });

  it("in any field of any door are answered, and others are answered meanwhile", async () => {
    for (const shape of ["a", "<at>", "<at>x</at>", "&nbsp;", "1", "'", "a-", "\u0301".repeat(2), "my calf is cramping "]) {
      const text = filled(shape, LONG / 2);
      const mention = { type: "mention", text: text.slice(0, 10_000), mentioned: { id: "unknot" } };
      const answers = await Promise.all([
        ask(target, "POST", "/api/messages", { body: emulated(text, { entities: [mention, mention] }) }),
        ask(target, "POST", "/api/messages", {
          body: emulated("hi", { channelId: "msteams", locale: text, localTimezone: text }),
        }),
        ask(target, "POST", "/api/messages", {
          body: emulated("", { attachments: [{ contentType: "text/html", content: text }] }),
        }),
        say(target, await beginChat(target), { type: "message", text }),
        ask(target, "GET", at(text.slice(0, 5_000)), {}),
        ask(target, "GET", `/?${encodeURIComponent(text).slice(0, 10_000)}`),
        ask(target, "GET", "/healthz"),
        sendRaw(target, `GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${"a.".repeat(4_000)}!\r\nConnection: close\r\n\r\n`),
      ]);
      for (const answer of answers) if (typeof answer !== "string") expect(answer.status).toBeLessThan(500);
    }
  });

  it("are not made of a few, by mentions whose names hold the next mention", async () => {
    const mention = { type: "mention", text: "a", mentioned: { id: "somebody", name: "a".repeat(12_000) } };
    const began = process.cpuUsage();
    const activity = emulated("a my calf is cramping", { entities: [mention, mention, mention, mention] });
    expect((await ask(target, "POST", "/api/messages", { body: activity })).status).toBe(200);
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2_000);
  });

  it("of keys that share a hash, or of thousands of keys, are read like any other", async () => {
    const object = (count: number, key: (at: number) => string) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [key(at), 1]));
    const flood = async (keys: Readonly<Record<string, number>>) => {
      const own = await beginChat(target);
      for (const activity of [
        { ...keys, type: "message", text: "hi" },
        { type: "message", text: "hi", channelData: keys, value: keys },
      ])
        expect((await say(target, own, activity)).status).toBeLessThan(500);
      expect((await ask(target, "POST", "/api/messages", { body: { ...keys, ...emulated("hi") } })).status).toBe(200);
    };
    const inBits = (at: number) => at.toString(2).padStart(16, "0");
    const floods = [
      [object(4_000, (at) => `k${at}`), object(4_000 / TIMES, (at) => `k${at}`)],
      [object(3_000, (at) => String(at * 2 ** 20)), object(3_000, (at) => `k${at * 2 ** 20}`)],
      [
        object(1_200, (at) => inBits(at).replaceAll("0", "Aa").replaceAll("1", "BB")),
        object(1_200, (at) => inBits(at).replaceAll("0", "Ca").replaceAll("1", "Db")),
      ],
    ] as const;
    for (const [odd, plain] of floods)
      expect((await cost(() => flood(odd))) / (await cost(() => flood(plain)))).toBeLessThan(MOST_TIMES);
  });
});
