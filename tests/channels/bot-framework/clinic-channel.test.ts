import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clinicPressOf } from "../../../src/channels/bot-framework/clinic-card.ts";
import { createHandOff, type HandOff } from "../../../src/channels/hand-off/hand-off.ts";
import { readState } from "../../../src/turns/state.ts";
import { type Bot, startBot, teamsMessage, testMind } from "../../support/azure-bot.ts";
import { type Connector, type PostedActivity, startConnector } from "../../support/connector.ts";
import { cardsOf, elementsOf, submitsOf } from "../../support/teams-chat.ts";

const WAIT = 120_000;
const KEY = "bf:msteams:a:clinic:29:person";
const TENANT = "99999999-8888-4777-8666-555555555555";
const CHANNEL = "19:clinicians@thread.tacv2";
const THREAD = { id: `${CHANNEL};messageid=170000`, conversationType: "channel", tenantId: TENANT, isGroup: true };

let bot: Bot;
let connector: Connector;
let handOff: HandOff;
let failures: unknown[];
let time: number;

beforeEach(async () => {
  time = Date.parse("2026-01-01T10:00:00Z");
  failures = [];
  connector = await startConnector();
  connector.member = { id: "29:person", name: "A Person", userPrincipalName: "a.person@clinic.example" };
  const now = () => time;
  const wait = async (milliseconds: number) => {
    time += milliseconds;
  };
  bot = await startBot({
    mind: Promise.resolve(testMind({ wait: WAIT, hubOnly: true, named: true })),
    now,
    pace: { now, wait, random: () => 0.5 },
    clinic: { channel: CHANNEL, serviceUrl: connector.serviceUrl, tenant: TENANT, secret: "s".repeat(40) },
  });
  const tell = bot.tellClinic;
  if (tell === null) throw new Error("there is no channel of clinicians");
  handOff = createHandOff({ turns: bot.turns, tell, wait: WAIT, now, failed: (error) => failures.push(error) });
});
afterEach(async () => {
  await bot.close();
  await connector.close();
});

const conversation = { id: "a:clinic", conversationType: "personal", tenantId: TENANT };
const post = async (activity: Record<string, unknown>): Promise<string> => {
  const before = connector.texts().length;
  expect((await bot.post({ ...activity, serviceUrl: connector.serviceUrl })).status).toBe(200);
  await handOff.settled();
  return connector.texts().slice(before).join("\n");
};
const say = (text: string, parts = {}) => post({ ...teamsMessage(text), conversation, ...parts });
const passedOn = async () => {
  await say("my left calf is cramping, about a 5");
  await say("can I talk to a real person");
  return await say("yes");
};
const opened = () => connector.posted.filter(({ path, method }) => method === "POST" && path === "/v3/conversations");
const updated = () => connector.posted.filter(({ method }) => method === "PUT");
const cardIn = (activity: PostedActivity | undefined) => {
  if (activity === undefined) throw new Error("there is no card");
  return cardsOf(activity)[0] ?? {};
};
const textOf = (card: object) =>
  elementsOf(card)
    .map(({ text }) => text)
    .filter((text) => typeof text === "string")
    .join("\n");
const titles = (card: object) => submitsOf(card as Record<string, unknown>).map(({ title }) => title);
/** The card as clinicians see it last. */
const shown = () => cardIn(updated().at(-1)?.body ?? opened().at(-1)?.body.activity);
let presses = 0;
const press = async (title: string, parts: Record<string, unknown> = {}, card = shown()) => {
  const action = submitsOf(card).find((one) => one["title"] === title);
  if (action === undefined) throw new Error(`no button "${title}"`);
  const from = { id: "29:clinician", name: "Dr. Byrne" };
  const value = action["data"];
  const id = `press-${++presses}`;
  const { text: _, ...activity } = teamsMessage("");
  return await post({ ...activity, id, value, from, conversation: THREAD, replyToId: "170000", ...parts });
};
const state = async () => readState((await bot.store.load(KEY, null)).conversation?.state ?? null).conversation.handOff;

describe("a channel of clinicians", () => {
  it("is not told anything without a yes to the name and the summary", async () => {
    await say("my left calf is cramping, about a 5");
    expect(await say("can I talk to a real person")).toMatch(/name of this account[\s\S]*left calf, pain 5 of 10/);
    await say("no");
    expect(opened()).toEqual([]);
  });

  it("gets one card in a thread of its own, with the name, the summary and a chat to open", async () => {
    await passedOn();
    expect(opened()).toHaveLength(1);
    expect(opened()[0]?.body).toMatchObject({
      isGroup: true,
      tenantId: TENANT,
      channelData: { channel: { id: CHANNEL }, tenant: { id: TENANT } },
      activity: { summary: "Somebody asks for a person" },
    });
    const card = shown();
    expect(textOf(card)).toMatch(/A Person: left calf, pain 5 of 10/);
    expect(card).toMatchObject({ version: "1.2", fallbackText: expect.stringContaining("left calf") });
    expect(titles(card)).toEqual(["I take it", "Cannot take it"]);
    const link = elementsOf(card).find(({ type }) => type === "Action.OpenUrl");
    expect(link?.["url"]).toBe("https://teams.microsoft.com/l/chat/0/0?users=a.person%40clinic.example");
    expect(JSON.stringify(card)).not.toMatch(/29:person|a:clinic|cramping/);
  });

  it("gets the name alone when Teams does not tell how to write to them", async () => {
    connector.member = {};
    await passedOn();
    expect(textOf(shown())).toMatch(/A Person/);
    expect(elementsOf(shown()).some(({ type }) => type === "Action.OpenUrl")).toBe(false);
  });

  it("takes a person: they are told, the bot is quiet, and the card says who", async () => {
    await passedOn();
    expect(await press("I take it")).toMatch(/They write in a chat/);
    expect(await state()).toBe("accepted");
    expect(textOf(shown())).toMatch(/Taken by Dr\. Byrne/);
    expect(titles(shown())).toEqual(["Done", "Cannot take it"]);
    expect(updated()[0]?.path).toMatch(/\/v3\/conversations\/19%3Aclinicians.*\/activities\/170000$/);
    expect(await say("thanks, I am glad")).toBe("");
  });

  it("is done: the bot speaks again, and the card has no buttons", async () => {
    await passedOn();
    await press("I take it");
    expect(await press("Done")).toMatch(/here again/);
    expect(await state()).toBeNull();
    expect(textOf(shown())).toMatch(/Done, by Dr\. Byrne/);
    expect(titles(shown())).toEqual([]);
  });

  it("cannot take somebody: they are told at once what to do instead", async () => {
    await passedOn();
    expect(await press("Cannot take it")).toMatch(/Nobody has taken over[\s\S]*112/);
    expect(titles(shown())).toEqual([]);
  });

  it("does not take somebody twice: the first one stays on the card", async () => {
    await passedOn();
    const first = shown();
    await press("I take it");
    expect(await press("I take it", { from: { id: "29:other", name: "Dr. Kelly" } }, first)).toBe("");
    expect(textOf(shown())).toMatch(/Dr\. Byrne/);
  });

  it("takes a press that Teams repeats once", async () => {
    await passedOn();
    const first = shown();
    await press("I take it", { id: "same" });
    expect(await press("I take it", { id: "same" }, first)).toBe("");
    expect(textOf(shown())).toMatch(/Taken by Dr\. Byrne/);
  });

  it("hears that it is too late", async () => {
    await passedOn();
    time += WAIT + 1_000;
    await bot.turns.fire(KEY, time);
    expect(await press("I take it")).toBe("");
    expect(await state()).toBeNull();
    expect(textOf(shown())).toMatch(/Over/);
    expect(titles(shown())).toEqual([]);
  });

  it("hears that the person went on with the bot", async () => {
    await passedOn();
    await press("I take it");
    await say("start over");
    expect(await press("Done")).toBe("");
    expect(textOf(shown())).toMatch(/Over/);
  });

  it("does nothing to a later wish with an old card", async () => {
    await passedOn();
    const old = shown();
    time += WAIT + 1_000;
    await bot.turns.fire(KEY, time);
    await say("can I talk to a real person");
    await say("yes");
    await press("Cannot take it", {}, old);
    expect(await state()).toBe("waiting");
    expect(textOf(shown())).toMatch(/Over/);
  });

  it.each([
    ["another channel", { conversation: { ...THREAD, id: "19:others@thread.tacv2;messageid=1" } }],
    ["another tenant", { conversation: { ...THREAD, tenantId: "other" }, channelData: {} }],
    ["a private chat", { conversation }],
  ])("is not spoken for from %s", async (_, parts) => {
    await passedOn();
    const calls = connector.posted.length;
    expect(await press("I take it", parts)).toBe("");
    expect(await state()).toBe("waiting");
    expect(connector.posted).toHaveLength(calls);
  });

  it("is not spoken for by a card that was tampered with", async () => {
    await passedOn();
    const [action] = submitsOf(shown());
    const data = { ...(action?.["data"] as object), handOff: "1.AAAA" };
    const { text: _, ...activity } = teamsMessage("");
    expect(await post({ ...activity, value: data, conversation: THREAD, replyToId: "170000" })).toBe("");
    expect(await state()).toBe("waiting");
    expect(updated()).toEqual([]);
  });

  it.each([[403], [404], [400]])("that refuses with %d: the person is told at once", async (status) => {
    connector.onPost = ({ path }) => {
      if (path === "/v3/conversations") connector.refuse({ status });
    };
    expect(await passedOn()).toMatch(/Nobody has taken over/);
    expect(failures).toMatchObject([{ name: "HandOffRefused" }]);
  });

  it("that is held up gets the card a moment later", async () => {
    let times = 0;
    connector.onPost = ({ path }) => {
      if (path === "/v3/conversations" && times++ < 2) connector.refuse({ status: 502 });
    };
    expect(await passedOn()).not.toMatch(/Nobody has taken over/);
    expect(opened()).toHaveLength(3);
    expect(await state()).toBe("waiting");
  });

  it("that stays away gets the card from the outbox", async () => {
    let away = true;
    connector.onPost = ({ path }) => {
      if (path === "/v3/conversations" && away) connector.refuse({ status: 503 });
    };
    await passedOn();
    away = false;
    const tries = opened().length;
    time += 30_000;
    await bot.turns.deliverUnsent(time);
    await handOff.settled();
    expect(opened()).toHaveLength(tries + 1);
    expect(await press("I take it")).toMatch(/They write in a chat/);
  });

  it("is not asked about people of other channels, who cannot be written to: they are told at once", async () => {
    for (const text of ["my left calf is cramping, about a 5", "can I talk to a real person"])
      await say(text, { channelId: "slack", conversation: { id: "B1:T1:C1" } });
    expect(await say("yes", { channelId: "slack", conversation: { id: "B1:T1:C1" } })).toMatch(/Nobody has taken over/);
    expect(opened()).toEqual([]);
  });
});

it("at an address that the bot may not call stops the start", async () => {
  const clinic = { channel: CHANNEL, serviceUrl: "https://teams.evil.example/", tenant: TENANT, secret: "s".repeat(40) };
  await expect(startBot({ clinic })).rejects.toThrow(/HANDOFF_TEAMS_SERVICE_URL/);
});

describe("what a card brings back", () => {
  it.each([
    null,
    {},
    { choice: "yes" },
    { handOff: 3, name: "A", summary: "b", state: "accepted" },
    { handOff: "1.a", name: "A", summary: "b", state: "maybe" },
  ])("is no press: %j", (value) => {
    expect(clinicPressOf(value)).toBeNull();
  });

  it("keeps no link but one that opens a chat", () => {
    const value = { handOff: "1.a", name: "A", summary: "b", state: "accepted", chat: "https://evil.example/" };
    expect(clinicPressOf(value)?.wanted.chat).toBeNull();
  });
});
