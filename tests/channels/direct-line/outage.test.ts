import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { createMemoryStore } from "../../../src/store/memory.ts";
import {
  type Answer,
  ask,
  at,
  beginChat,
  type Chat,
  SECRET,
  type Shown,
  say,
  startTarget,
  type Target,
} from "../../security/target.ts";
import { failingStore } from "../../support/failing-store.ts";

/** The web chat while its store is away, from the first failure to the first success. */

const EMERGENCY = "he collapsed and is not breathing";
const HEARTBEAT = 20_000;

let target: Target;
let isAway: boolean;
let chat: Chat;
const open: WebSocket[] = [];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  isAway = false;
  const store = failingStore({ ...createMemoryStore(), shared: true }, () => isAway);
  target = await startTarget({}, undefined, store);
  chat = await beginChat(target);
});

afterEach(async () => {
  for (const socket of open.splice(0)) socket.terminate();
  vi.useRealTimers();
  await target.close();
});

interface Stream {
  readonly shown: Shown[];
  readonly texts: () => string;
  readonly watermark: () => string;
  readonly closed: () => number | null;
  readonly close: () => void;
}

async function listen(address: string): Promise<Stream> {
  const socket = new WebSocket(address);
  open.push(socket);
  const shown: Shown[] = [];
  let watermark = "";
  let closed: number | null = null;
  socket.on("message", (data) => {
    if (String(data) === "") return;
    const set = JSON.parse(String(data)) as { activities: Shown[]; watermark: string };
    shown.push(...set.activities);
    watermark = set.watermark;
  });
  socket.on("close", (code) => {
    closed = code;
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return {
    shown,
    texts: () => shown.map(({ text }) => text).join("\n"),
    watermark: () => watermark,
    closed: () => closed,
    close: () => socket.close(),
  };
}

const reconnect = async (watermark: string): Promise<Answer> =>
  await ask(target, "GET", `${at(chat.conversation)}?watermark=${watermark}`, { token: chat.token });
const connect = async (watermark = "0"): Promise<Stream> => await listen(String((await reconnect(watermark)).body["streamUrl"]));
const tell = async (text: string, id = text): Promise<Answer> =>
  await say(target, chat, { type: "message", text, locale: "en-IE", channelData: { clientActivityID: id.replaceAll(" ", "-") } });
const idsOf = (shown: readonly Shown[]) => shown.map(({ id }) => String(id));
const kept = (shown: readonly Shown[]) => idsOf(shown).filter((id) => /\|\d{7}$/.test(id));
const transcript = async (): Promise<Shown[]> =>
  (await ask(target, "GET", at(chat.conversation, "/activities"), { token: chat.token })).body["activities"] as Shown[];

describe("while the store is away", () => {
  it("a stream stays open over its heartbeats, shows the emergency answer, and then goes on without a gap", async () => {
    const stream = await connect();
    await expect.poll(stream.texts).toContain("I am Unknot");
    isAway = true;
    for (let beat = 0; beat < 3; beat++) {
      await vi.advanceTimersByTimeAsync(HEARTBEAT);
      expect((await tell(EMERGENCY, `emergency-${beat}`)).status).toBe(200);
    }
    await expect.poll(() => stream.texts().match(/needs emergency help now/g)).toHaveLength(3);
    isAway = false;
    expect((await tell("my calf is cramping")).status).toBe(200);
    await expect.poll(stream.texts).toContain("Stop now");
    expect(kept(stream.shown)).toEqual(idsOf(await transcript()));
    expect(stream.closed()).toBeNull();
  });

  it("a stream that was lost opens again where it was, and catches up when the store is back", async () => {
    const first = await connect();
    await expect.poll(first.texts).toContain("I am Unknot");
    first.close();
    await tell("my calf is cramping");
    isAway = true;
    const second = await connect(first.watermark());
    await tell(EMERGENCY);
    await expect.poll(second.texts).toContain("needs emergency help now");
    expect(second.texts()).not.toContain("Stop now");
    isAway = false;
    await vi.advanceTimersByTimeAsync(HEARTBEAT);
    await expect.poll(second.texts).toContain("Stop now");
    expect([...idsOf(first.shown), ...kept(second.shown)]).toEqual(idsOf(await transcript()));
    expect(second.closed()).toBeNull();
  });

  it("what is said is in the answer as well, with the ids that the stream has: that may be another server's", async () => {
    const stream = await connect();
    await expect.poll(stream.texts).toContain("I am Unknot");
    isAway = true;
    const { body } = await tell(EMERGENCY);
    const activities = body["activities"] as Shown[];
    expect(activities.map(({ text }) => text).join("\n")).toMatch(/^he collapsed.*\n.*needs emergency help now/);
    expect(activities[0]).toMatchObject({ id: body["id"], from: { role: "user" } });
    await expect.poll(stream.texts).toContain("needs emergency help now");
    expect(idsOf(stream.shown).slice(-activities.length)).toEqual(idsOf(activities));
    expect(new Set(idsOf(stream.shown)).size).toBe(stream.shown.length);
    isAway = false;
    expect((await tell("my calf is cramping")).body).toEqual({ id: expect.stringMatching(/\|\d{7}$/) });
  });

  it("whoever polls is told of nothing new instead of being refused, and goes on from the same watermark", async () => {
    const poll = async (watermark: string) =>
      await ask(target, "GET", at(chat.conversation, `/activities?watermark=${watermark}`), { token: chat.token });
    const before = await poll("0");
    const watermark = String(before.body["watermark"]);
    await tell("my calf is cramping");
    isAway = true;
    const during = await poll(watermark);
    expect([during.status, during.body]).toEqual([200, { activities: [], watermark }]);
    isAway = false;
    const { body } = await poll(watermark);
    expect([...idsOf(before.body["activities"] as Shown[]), ...idsOf(body["activities"] as Shown[])]).toEqual(
      idsOf(await transcript()),
    );
  });

  it("somebody with a token of a site's own server begins, is answered, and goes on when the store is back", async () => {
    isAway = true;
    const issued = await ask(target, "POST", "/v3/directline/tokens/generate", { token: SECRET, body: {} });
    const token = String(issued.body["token"]);
    const started = await ask(target, "POST", "/v3/directline/conversations", { token, body: {} });
    expect(started.status).toBe(200);
    chat = { ...chat, conversation: String(started.body["conversationId"]), token };
    const stream = await listen(String(started.body["streamUrl"]));
    await tell(EMERGENCY);
    await expect.poll(stream.texts).toContain("needs emergency help now");
    isAway = false;
    await tell("my calf is cramping");
    await expect.poll(stream.texts).toContain("Stop now");
    expect(kept(stream.shown)).toEqual(idsOf(await transcript()));
  });

  it("a conversation that was never begun is refused as ever once the store can tell", async () => {
    const issued = await ask(target, "POST", "/v3/directline/tokens/generate", { token: SECRET, body: {} });
    const [token, path] = [String(issued.body["token"]), at(String(issued.body["conversationId"]))];
    isAway = true;
    expect((await ask(target, "GET", path, { token })).status).toBe(200);
    isAway = false;
    expect((await ask(target, "GET", path, { token })).status).toBe(404);
    expect((await ask(target, "GET", `${path}/activities`, { token })).status).toBe(404);
  });
});
