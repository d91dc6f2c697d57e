import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Conversation, createConversation } from "../../web/conversation.ts";
import { createSession, type Session } from "../../web/session.ts";
import type { Shelf } from "../../web/shelf.ts";
import { type Bot, startBot } from "../support/bot.ts";
import { memoryShelf } from "../support/memory-shelf.ts";

let bot: Bot;
let shelf: Shelf;

beforeEach(async () => {
  bot = await startBot();
  shelf = memoryShelf();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await bot.dispose();
});

interface Tab {
  readonly session: Session;
  readonly conversation: Conversation;
  readonly told: readonly string[];
}

/** One of several tabs that share the shelf. */
function openTab(): Tab {
  const told: string[] = [];
  const session = createSession({
    endpoint: bot.address,
    shelf,
    setting: () => ({ locale: "en-GB", localTimezone: "Europe/London" }),
    locked: async (work) => await work(),
    now: Date.now,
  });
  const conversation = createConversation({
    endpoint: bot.address,
    session,
    lost: () => told.push("lost"),
    moved: () => told.push("moved"),
  });
  return { session, conversation, told };
}

const activitiesOf = async ({ conversation }: Tab) => (await conversation.call("/activities", () => ({})))["activities"];

function spoil(what: object): void {
  shelf.write(JSON.stringify({ ...JSON.parse(shelf.read() ?? "{}"), ...what }));
}

describe("the conversation of a page", () => {
  it("is begun with the first call, which is no move from another", async () => {
    const tab = openTab();
    expect(await activitiesOf(tab)).not.toHaveLength(0);
    expect(tab.told).toEqual([]);
  });

  it("is called again with another token when the server does not take the first", async () => {
    const tab = openTab();
    await activitiesOf(tab);
    spoil({ token: "x" });
    let times = 0;
    const answer = await tab.conversation.call("/activities", () => {
      times++;
      return {};
    });
    expect(answer["activities"]).not.toHaveLength(0);
    expect(times).toBe(2);
    expect(tab.told).toEqual([]);
  });

  it("is replaced by another, and the page told, when nothing opens it any more", async () => {
    const tab = openTab();
    await activitiesOf(tab);
    const before = tab.session.saved?.conversation;
    spoil({ token: "x", resume: "y", expires: 0 });
    expect(await activitiesOf(tab)).not.toHaveLength(0);
    expect(tab.session.saved?.conversation).not.toBe(before);
    expect(tab.told).toEqual(["lost", "moved"]);
  });

  it("stays the same when a proxy refuses once, and is gone on with after that", async () => {
    const tab = openTab();
    await activitiesOf(tab);
    const before = tab.session.saved?.conversation;
    spoil({ token: "x", expires: 0 });
    vi.spyOn(globalThis, "fetch").mockResolvedValueOnce(new Response("Forbidden", { status: 403 }));
    await expect(activitiesOf(tab)).rejects.toMatchObject({ status: 403 });
    expect(await activitiesOf(tab)).not.toHaveLength(0);
    expect(tab.session.saved?.conversation).toBe(before);
    expect(tab.told).toEqual([]);
  });

  it("becomes the one that another tab has begun", async () => {
    const [one, other] = [openTab(), openTab()];
    await activitiesOf(one);
    other.conversation.follow();
    expect(other.told).toEqual([]);
    await one.conversation.beginAnew();
    other.conversation.follow();
    other.conversation.follow();
    expect(one.told).toEqual(["lost", "moved"]);
    expect(other.told).toEqual(["moved"]);
  });

  it("throws what the server says no to", async () => {
    await expect(openTab().conversation.call("/nothing", () => ({}))).rejects.toMatchObject({ status: 404 });
  });
});
