import { AdaptiveCard, type IValidationError } from "adaptivecards";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newConversation } from "../../../dialogs/conversation.ts";
import type { Reply } from "../../../dialogs/reply.ts";
import { respond } from "../../../dialogs/respond.ts";
import { activitiesOf, type Place } from "../../../src/channels/bot-framework/activity-out.ts";
import { type Bot, startBot, testMind } from "../../support/azure-bot.ts";
import type { PostedActivity } from "../../support/connector.ts";
import { heard } from "../../support/heard.ts";
import { cardsOf, elementsOf, openTeamsChat, submitsOf, type TeamsChat, togglesOf } from "../../support/teams-chat.ts";

/** What Teams on a phone shows: https://adaptivecards.io/explorer, version 1.2 and older. */
const ELEMENTS = new Set([
  "AdaptiveCard",
  "TextBlock",
  "Image",
  "Container",
  "ColumnSet",
  "Column",
  "Input.Toggle",
  "Action.Submit",
  "Action.OpenUrl",
]);

let bot: Bot;
let chats = 0;
const open = (parts = {}): TeamsChat => openTeamsChat(bot, `a:cards-${++chats}`, parts);

beforeAll(async () => {
  bot = await startBot({ publicUrl: "https://bot.example" });
});
afterAll(() => bot.close());

/** Holds a message to everything that Teams and its phones ask of it. */
function check(activity: PostedActivity): void {
  for (const card of cardsOf(activity)) {
    const errors: IValidationError[] = [];
    const parsed = new AdaptiveCard();
    parsed.parse(card, errors);
    expect(errors).toEqual([]);
    expect(parsed.validateProperties().failures).toEqual([]);
    expect(card).toMatchObject({ type: "AdaptiveCard", version: "1.2", lang: "en" });
    expect(String(card["fallbackText"]).length).toBeGreaterThan(10);
    expect(String(card["speak"]).length).toBeGreaterThan(10);
    expect(elementsOf(card).filter(({ type }) => !ELEMENTS.has(String(type)))).toEqual([]);
    expect((card["actions"] as unknown[]).length).toBeLessThanOrEqual(6);
    expect(JSON.stringify(card).length).toBeLessThan(28_000);
    for (const submit of submitsOf(card)) {
      expect(submit["data"]).toMatchObject({
        msteams: { type: "messageBack", text: submit["title"], displayText: submit["title"] },
      });
    }
    for (const picture of elementsOf(card).filter(({ type }) => type === "Image")) {
      expect(picture["url"]).toMatch(/^https:\/\/bot\.example\/pictures\/[a-z0-9-]+\.png$/);
      expect(String(picture["altText"]).length).toBeGreaterThan(10);
    }
  }
  expect(activity.suggestedActions?.actions.length ?? 0).toBeLessThanOrEqual(3);
  if (activity.attachments !== undefined) expect(activity.suggestedActions).toBeUndefined();
}

describe("a whole conversation in Teams", () => {
  it("goes from the first words to the end by buttons alone, every card fit for a phone", async () => {
    const chat = open();
    (await chat.say("my left calf is cramping")).forEach(check);
    const titles = ["None of these", "Done", "5", "None of these", "Done", "Gone", "Done"];
    const asked: unknown[] = [];
    for (const title of titles) {
      (await chat.press(title)).forEach(check);
      asked.push(chat.said().at(-1)?.entities?.[0]?.["ask"]);
    }
    expect(asked).toEqual(["done", "severity", "safety-check", "done", "recheck", "done", null]);
    expect(chat.said().at(-1)?.entities?.[0]).toMatchObject({ step: "wrap-up", disposition: "self-care" });
  });

  it("says the text as the message's own, so that nothing is lost without the card", async () => {
    const said = await open().say("my left calf is cramping");
    for (const { text, speak, inputHint } of said) {
      expect(text?.length).toBeGreaterThan(10);
      expect(speak?.length).toBeGreaterThan(10);
      expect(["expectingInput", "acceptingInput"]).toContain(inputHint);
    }
    expect(said.at(-1)?.inputHint).toBe("expectingInput");
  });
});

describe("the safety list", () => {
  it("is lines to tick, and one button that sends them", async () => {
    const said = await open().say("my left calf is cramping");
    const card = said.flatMap(cardsOf).at(-1) ?? {};
    expect(togglesOf(card).length).toBeGreaterThan(2);
    expect(submitsOf(card).map(({ title }) => title)).toEqual(["Send what I ticked", "None of these", "Not sure"]);
  });

  it("takes a ticked line as said", async () => {
    const chat = open();
    const card = (await chat.say("my left calf is cramping")).flatMap(cardsOf).at(-1) ?? {};
    const first = String(togglesOf(card)[0]?.["title"]);
    const said = await chat.press("Send what I ticked", [first]);
    said.forEach(check);
    expect(said[0]?.entities?.[0]).toMatchObject({ type: "unknot.turn" });
    expect(JSON.stringify(said)).not.toContain('"step":"stretch"');
  });

  it("takes a tick over the button that says none of these", async () => {
    const chat = open();
    const card = (await chat.say("my left calf is cramping")).flatMap(cardsOf).at(-1) ?? {};
    const first = String(togglesOf(card)[0]?.["title"]);
    expect(JSON.stringify(await chat.press("None of these", [first]))).not.toContain('"step":"stretch"');
  });

  it("asks again when it is sent with nothing ticked", async () => {
    const chat = open();
    await chat.say("my left calf is cramping");
    const said = await chat.press("Send what I ticked");
    said.forEach(check);
    expect(said.at(-1)?.entities?.[0]).toMatchObject({ ask: "safety-check" });
  });
});

describe("the severity question", () => {
  it("is a row of numbers to tap", async () => {
    const chat = open();
    await chat.say("my left calf is cramping");
    await chat.press("None of these");
    const said = await chat.press("Done");
    const card = said.flatMap(cardsOf).at(-1) ?? {};
    const rows = elementsOf(card).filter(({ type }) => type === "ColumnSet");
    expect(rows.length).toBe(2);
    expect(submitsOf(card).map(({ title }) => title)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    const after = await chat.press("8");
    expect(after[0]?.entities?.[0]).toMatchObject({ step: "escalate" });
  });
});

describe("a red flag", () => {
  it("comes as plain text first, then the card with the number to tap", async () => {
    const said = await open().say("my calf cramps and I have crushing chest pain and can't breathe");
    said.forEach(check);
    expect(said[0]?.attachments).toBeUndefined();
    expect(said[0]?.text).toMatch(/999|112/);
    expect(said[0]?.entities?.[0]).toMatchObject({ disposition: "emergency-now", step: "escalate" });
    const card = said.flatMap(cardsOf)[0] ?? {};
    expect((card["actions"] as Record<string, unknown>[])[0]).toMatchObject({
      type: "Action.OpenUrl",
      title: expect.stringMatching(/^Call \d+$/),
      url: expect.stringMatching(/^tel:\d+$/),
    });
  });

  it("puts no number to tap on the card when none is known to be right", () => {
    const { world } = testMind();
    const event = { kind: "arrival", locale: null, timeZone: null, scope: "personal", reach: "push" } as const;
    const { replies } = respond({ ...world, defaultCountry: null }, newConversation(), event, 0);
    const reply = replies[0] as Reply;
    const urgent: Reply = { ...reply, step: "escalate", disposition: "emergency-now", emergencyNumber: null, choices: [] };
    expect(activitiesOf([urgent], teams()).flat()).toHaveLength(1);
  });
});

describe("a button of an old card", () => {
  it("does no harm and is answered politely", async () => {
    const chat = open();
    await chat.say("my left calf is cramping");
    await chat.press("None of these");
    const before = await bot.store.load(`bf:msteams:a:cards-${chats}:29:person`, null);
    const said = await chat.press("Not sure");
    said.forEach(check);
    expect(said[0]?.text).toMatch(/earlier|older|before|already/i);
    expect(said.at(-1)?.entities?.[0]).toMatchObject({ ask: "done" });
    const after = await bot.store.load(`bf:msteams:a:cards-${chats}:29:person`, null);
    const episode = (json: string | null | undefined) => JSON.parse(json ?? "{}").episode.card;
    expect(episode(after.conversation?.state)).toEqual(episode(before.conversation?.state));
  });
});

function teams(parts: Partial<Place> = {}): Place {
  return { channelId: "msteams", scope: "personal", pictures: "https://bot.example/pictures", appId: "app", ...parts };
}

describe("pictures", () => {
  const withPicture = async (publicUrl: string | null): Promise<string> => {
    const { world, understand } = testMind();
    const say = (text: string, choice: string | null, conversation = newConversation()) =>
      respond(world, conversation, heard(understand(text), { choice }), 0);
    const { replies } = say("", "none", say("my left calf is cramping", null).conversation);
    expect(replies.some(({ picture }) => picture !== null)).toBe(true);
    return JSON.stringify(activitiesOf(replies, teams({ pictures: publicUrl })));
  };

  it("are PNG over https, with words for those who cannot see them", async () => {
    expect(await withPicture("https://bot.example/pictures")).toMatch(
      /"url":"https:\/\/bot\.example\/pictures\/[a-z0-9-]+\.png"/,
    );
  });

  it("stay away when the server has no https address", async () => {
    expect(await withPicture(null)).not.toContain('"Image"');
  });
});
