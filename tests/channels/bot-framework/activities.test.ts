import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readState } from "../../../src/turns/state.ts";
import { type Bot, signed, startBot, teamsMessage, testMind } from "../../support/azure-bot.ts";
import { type Connector, type PostedActivity, startConnector } from "../../support/connector.ts";
import { APP_ID, startOpenId } from "../../support/open-id.ts";
import { cardsOf, openTeamsChat, type TeamsChat } from "../../support/teams-chat.ts";

let bot: Bot;
let count = 0;
let id = "";

beforeAll(async () => {
  bot = await startBot();
});
beforeEach(() => {
  id = `a:activities-${++count}`;
});
afterAll(() => bot.close());

const open = (parts = {}): TeamsChat => openTeamsChat(bot, id, parts);
const steps = (said: readonly PostedActivity[]) => said.map(({ entities }) => entities?.[0]?.["step"]);
const episode = async () => {
  const { conversation } = await bot.store.load(`bf:msteams:${id}:29:person`, null);
  return readState(conversation?.state ?? null).conversation.episode;
};

/** An event without words, in the chat of this test. */
async function happens(parts: Readonly<Record<string, unknown>>): Promise<readonly PostedActivity[]> {
  const { status, body } = await bot.post({
    ...teamsMessage(""),
    conversation: { id, conversationType: "personal" },
    deliveryMode: "expectReplies",
    ...parts,
  });
  expect(status).toBe(200);
  return (body?.activities ?? []) as unknown as readonly PostedActivity[];
}

const people = { membersAdded: [{ id: "29:person" }] };
const both = { membersAdded: [{ id: "28:bot" }, { id: "29:person" }] };

describe("coming and going", () => {
  it("welcomes once, though Teams tells of it three times", async () => {
    const first = await happens({ type: "installationUpdate", action: "add" });
    const second = await happens({ type: "conversationUpdate", ...both });
    const third = await happens({ type: "conversationUpdate", ...people });
    expect(new Set(steps(first))).toEqual(new Set(["welcome"]));
    expect([...second, ...third]).toEqual([]);
    expect((await open().say("hello")).some(({ entities }) => entities?.[0]?.["step"] === "welcome")).toBe(false);
  });

  it("says nothing when only the bot itself came", async () => {
    expect(await happens({ type: "conversationUpdate", membersAdded: [{ id: "28:bot" }] })).toEqual([]);
  });

  it.each(["remove", "remove-upgrade"])("forgets where to speak after %s", async (action) => {
    await open().say("my calf is cramping");
    expect(await happens({ type: "installationUpdate", action })).toEqual([]);
    const { conversation } = await bot.store.load(`bf:msteams:${id}:29:person`, null);
    expect(JSON.parse(conversation?.address ?? "{}").reference).toBeNull();
  });

  it.each([
    ["an end of the conversation", { type: "endOfConversation" }],
    ["typing", { type: "typing" }],
    ["a read receipt", { type: "event", name: "application/vnd.microsoft.readReceipt", value: { lastReadMessageId: "1" } }],
    ["an unknown type", { type: "somethingNew" }],
    ["a renamed chat", { type: "conversationUpdate", channelData: { eventType: "channelRenamed" } }],
    ["a message that was deleted", { type: "messageDelete", channelData: { eventType: "softDeleteMessage" } }],
    ["a reaction taken back", { type: "messageReaction", reactionsRemoved: [{ type: "like" }] }],
    [
      "a message that came back",
      { type: "messageUpdate", text: "my calf cramps", channelData: { eventType: "undeleteMessage" } },
    ],
  ])("is silent at %s", async (_, parts) => {
    expect(await happens(parts)).toEqual([]);
  });
});

describe("what Teams puts into a text", () => {
  const mention = (text: string, mentioned: object) => ({ type: "mention", text, mentioned });

  it.each([
    [
      "the bot's mention",
      "<at>Unknot</at> my left calf is cramping",
      [mention("<at>Unknot</at>", { id: "28:bot", name: "Unknot" })],
    ],
    [
      "a mention at the end",
      "my left calf is cramping <at>Unknot</at>",
      [mention("<at>Unknot</at>", { id: "28:bot", name: "Unknot" })],
    ],
    ["HTML", "<p>my <b>left calf</b> is&nbsp;cramping</p>", []],
    ["non-breaking spaces", "my\u00a0left\u00a0calf\u00a0is\u00a0cramping", []],
    ["line breaks", "my left calf<br/>is cramping", []],
  ])("is read through: %s", async (_, text, entities) => {
    await open().say(text, { entities });
    expect(await episode()).toMatchObject({ area: "calf", side: "left" });
  });

  it("keeps the words of somebody else's mention", async () => {
    const entities = [mention("<at>Left Calf</at>", { id: "29:other", name: "left calf" })];
    await open().say("my <at>Left Calf</at> is cramping", { entities });
    expect(await episode()).toMatchObject({ area: "calf", side: "left" });
  });

  it("believes the entities, not the text: a mention without one is no mention of the bot", async () => {
    await open().say("<at>left calf</at> cramp", { entities: [{ type: "mention" }, null, 3] });
    expect(await episode()).toMatchObject({ area: "calf", side: "left" });
  });

  it("takes no harm from a text made of brackets", async () => {
    // Time of this process alone: how busy the machine is does not count.
    const began = process.cpuUsage();
    await open().say("<".repeat(30_000));
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2_000);
  });

  it("does not take the HTML copy of a formatted message for a file", async () => {
    await open().say("my left calf is cramping", { attachments: [{ contentType: "text/html", content: "<p>my left calf</p>" }] });
    expect(await episode()).toMatchObject({ area: "calf" });
  });
});

describe("what comes instead of words", () => {
  it.each([
    ["a picture", { attachments: [{ contentType: "image/png", contentUrl: "https://example.com/x.png" }] }],
    ["a file", { attachments: [{ contentType: "application/vnd.microsoft.teams.file.download.info", content: {} }] }],
    ["a sticker", { text: "", attachments: [{ contentType: "text/html", content: '<img src="x" itemtype="sticker">' }] }],
    ["a reaction", { type: "messageReaction", reactionsAdded: [{ type: "heart" }] }],
  ])("is answered: %s", async (_, parts) => {
    const said = await happens(parts);
    expect(said.map(({ text }) => text).join()).toMatch(/words/i);
  });

  it("comes back to the open question", async () => {
    await open().say("my left calf is cramping");
    const said = await happens({ type: "messageReaction", reactionsAdded: [{ type: "like" }] });
    expect(said.at(-1)?.entities?.[0]).toMatchObject({ ask: "safety-check" });
  });
});

describe("a message that was edited", () => {
  it("is read anew, since a red flag may have been added, and each edit once", async () => {
    await open().say("my left calf is cramping", { id: "m-1" });
    const edited = {
      type: "messageUpdate",
      id: "m-1",
      timestamp: "2026-01-01T10:00:00Z",
      text: "my calf cramps and I have crushing chest pain",
      channelData: { eventType: "editMessage" },
    };
    const said = await happens(edited);
    expect(said[0]?.entities?.[0]).toMatchObject({ step: "escalate", disposition: "emergency-now" });
    expect(await happens(edited)).toEqual(said);
  });
});

describe("where others read along", () => {
  const channel = { conversation: { id: "19:team", conversationType: "channel", isGroup: true } };
  const group = { conversation: { id: "19:group", conversationType: "groupChat", isGroup: true } };
  let signedBot: Bot;
  let headers: Record<string, string>;

  beforeAll(async () => {
    const openId = await startOpenId();
    signedBot = await startBot({ settings: openId.settings });
    headers = await signed(openId);
    return async () => {
      await signedBot.close();
      await openId.close();
    };
  });

  const say = async (text: string, where: object, from = "29:person"): Promise<readonly PostedActivity[]> => {
    const activity = teamsMessage(text, { deliveryMode: "expectReplies", ...where, from: { id: from } });
    return ((await signedBot.post(activity, headers)).body?.activities ?? []) as unknown as readonly PostedActivity[];
  };

  it.each([
    ["a channel", channel],
    ["a group chat", group],
  ])("repeats no health detail in %s and leads to a private chat", async (_, where) => {
    const said = await say("my left calf is swollen and cramping", where);
    expect(JSON.stringify(said)).not.toMatch(/calf|swollen|cramp|stretch/i);
    expect(said[0]?.entities?.[0]).toMatchObject({ flags: [], sources: [] });
    expect(said.flatMap(cardsOf)[0]?.["actions"]).toEqual([
      { type: "Action.OpenUrl", title: "Open a private chat", url: `https://teams.microsoft.com/l/chat/0/0?users=28:${APP_ID}` },
    ]);
  });

  it("gives the emergency number as plain text first", async () => {
    const said = await say("crushing chest pain and I cannot breathe", channel);
    expect(said[0]?.text).toMatch(/999|112/);
    expect(said[0]?.attachments).toBeUndefined();
    expect(said[1]?.attachments).toHaveLength(1);
    expect(JSON.stringify(said)).not.toMatch(/chest/i);
  });

  it("keeps what one member says apart from another", async () => {
    await say("my left calf is cramping", group, "29:one");
    const other = await signedBot.store.load("bf:msteams:19:group:29:two", null);
    expect(other.conversation).toBeNull();
  });

  it("says one word when it is added to a channel, and none when people join", async () => {
    const joined = { type: "conversationUpdate", channelData: {}, ...people };
    expect(await say("", { ...channel, ...joined })).toEqual([]);
    const added = await say("", { ...channel, type: "installationUpdate", action: "add" });
    expect(added).toHaveLength(1);
    expect(added[0]?.text).toMatch(/private chat/);
    expect(added[0]?.text).not.toMatch(/muscle|cramp/i);
  });
});

describe("other channels of Azure", () => {
  const on = (channelId: string) => open({ channelId, conversation: { id } });

  it.each(["webchat", "directline", "slack", "facebook"])("give text and buttons on %s, no card", async (channelId) => {
    const chat = on(channelId);
    const said = await chat.say("my left calf is cramping");
    expect(said.flatMap(cardsOf)).toEqual([]);
    const actions = said.at(-1)?.suggestedActions?.actions ?? [];
    expect(actions.length).toBeGreaterThan(3);
    const kinds = new Set(actions.map(({ type }) => type));
    expect([...kinds]).toEqual([["webchat", "directline"].includes(channelId) ? "messageBack" : "imBack"]);
    const none = actions.find(({ title }) => title === "None of these");
    const answer =
      typeof none?.value === "string" ? await chat.say(none.value) : await chat.say("None of these", { value: none?.value });
    expect(steps(answer)).toContain("stretch");
  });

  it.each(["telephony", "sms"])("number the answers on %s, to be said or typed", async (channelId) => {
    const chat = on(channelId);
    const said = await chat.say("my left calf is cramping");
    expect(said.at(-1)?.suggestedActions).toBeUndefined();
    const line = said
      .at(-1)
      ?.text?.split("\n")
      .find((one) => one.includes("None of these"));
    expect(line).toMatch(/^\d+\. None of these$/);
    expect(said.at(-1)?.speak).toContain("None of these");
    const answer = await chat.say(line?.split(".")[0] ?? "");
    expect(steps(answer)).toContain("stretch");
  });
});

describe("a turn that takes more than a second", () => {
  let connector: Connector;

  beforeAll(async () => {
    connector = await startConnector();
    return () => connector.close();
  });

  const slow = async (where: object): Promise<string[]> => {
    const { world, understand } = testMind();
    const mind = new Promise<{ world: typeof world; understand: typeof understand }>((resolve) => {
      setTimeout(() => resolve({ world, understand }), 1_200);
    });
    const waiting = await startBot({ mind });
    const before = connector.posted.length;
    await waiting.post(teamsMessage("hello", { serviceUrl: connector.serviceUrl, ...where }));
    await waiting.close();
    return connector.posted.slice(before).map(({ body }) => body.type);
  };

  it("shows that the bot is typing, then the answer", async () => {
    const types = await slow({});
    expect(types[0]).toBe("typing");
    expect(types.slice(1)).toContain("message");
    expect(types.slice(1)).not.toContain("typing");
  });

  it("shows no typing in a channel of a team, which has none", async () => {
    expect(await slow({ conversation: { id: "19:slow", conversationType: "channel" } })).not.toContain("typing");
  });
});
