import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConnectorError } from "../../../src/channels/bot-framework/connector-error.ts";
import { createDelivery, holdOf, type Pace } from "../../../src/channels/bot-framework/delivery.ts";
import { createTimers } from "../../../src/turns/timers.ts";
import { type Bot, startBot, teamsMessage } from "../../support/azure-bot.ts";
import { type Connector, startConnector } from "../../support/connector.ts";
import { startOpenId } from "../../support/open-id.ts";

/** A clock that only waiting moves. */
function fakePace(start = 1_000_000, chance = 0.5): Pace & { waited: number[]; at: number } {
  const pace = {
    at: start,
    waited: [] as number[],
    now: () => pace.at,
    wait: async (milliseconds: number) => {
      pace.waited.push(milliseconds);
      pace.at += milliseconds;
    },
    random: () => chance,
  };
  return pace;
}

describe("how fast messages go out", () => {
  it("stays under every limit that Teams has for a conversation, over 40 s of rush", async () => {
    const pace = fakePace();
    const delivery = createDelivery(pace);
    const sent: number[] = [];
    for (let i = 0; i < 75; i++) await delivery.send("a", Number.POSITIVE_INFINITY, async () => void sent.push(pace.now()));
    for (const [count, span] of [
      [7, 1_000],
      [8, 2_000],
      [60, 30_000],
    ] as const) {
      const most = Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + span).length));
      expect(most).toBeLessThanOrEqual(count);
    }
  });

  it("does not hold one conversation up for another", async () => {
    const pace = fakePace();
    const delivery = createDelivery(pace);
    for (let i = 0; i < 7; i++) await delivery.send(`conversation-${i}`, 0, async () => {});
    expect(pace.waited).toEqual([]);
  });

  it("gives up when the wait would pass the deadline", async () => {
    const pace = fakePace();
    const delivery = createDelivery(pace);
    const rush = async () => {
      for (let i = 0; i < 8; i++) await delivery.send("a", pace.at + 100, async () => {});
    };
    await expect(rush()).rejects.toMatchObject({ code: "RateLimited" });
  });

  it("knows how long the next has to wait", () => {
    expect(holdOf([], 0)).toBe(0);
    expect(holdOf([0, 0, 0, 0, 0, 0, 0], 400)).toBe(600);
    expect(holdOf([0, 0, 0, 0, 0, 0, 0, 1_000], 1_000)).toBe(1_000);
  });
});

describe("a message that is held up in passing", () => {
  const failing = (errors: readonly ConnectorError[]) => {
    let at = 0;
    return async () => {
      const error = errors[at++];
      if (error !== undefined) throw error;
    };
  };

  it.each([408, 412, 429, 500, 502, 503, 504])("goes out again after %d", async (status) => {
    const pace = fakePace();
    await createDelivery(pace).send("a", pace.at + 60_000, failing([new ConnectorError(status, null, null)]));
    expect(pace.waited).toEqual([375]);
  });

  it("waits longer each time, never quite the same", async () => {
    const error = new ConnectorError(429, null, null);
    const pauses = async (chance: number) => {
      const pace = fakePace(0, chance);
      await createDelivery(pace).send("a", 120_000, failing(Array.from({ length: 6 }, () => error)));
      return pace.waited;
    };
    const [low, high] = [await pauses(0), await pauses(0.999)];
    expect(low).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000]);
    expect(high.every((pause, at) => pause > (low[at] ?? 0))).toBe(true);
  });

  it("waits as long as the channel asks", async () => {
    const pace = fakePace(0, 0);
    await createDelivery(pace).send("a", 60_000, failing([new ConnectorError(429, null, 7_000)]));
    expect(pace.waited).toEqual([7_000]);
  });

  it.each([400, 401, 403, 404, 413])("does not go out again after %d", async (status) => {
    const pace = fakePace();
    const sending = createDelivery(pace).send("a", pace.at + 60_000, failing([new ConnectorError(status, null, null)]));
    await expect(sending).rejects.toMatchObject({ status });
    expect(pace.waited).toEqual([]);
  });
});

describe("speaking unasked", () => {
  let bot: Bot;
  let connector: Connector;
  let pace: ReturnType<typeof fakePace>;
  let time: number;
  const key = "bf:msteams:a:proactive:29:person";
  const conversation = { id: "a:proactive", conversationType: "personal", tenantId: "99999999-8888-4777-8666-555555555555" };

  beforeEach(async () => {
    time = Date.parse("2026-01-01T10:00:00Z");
    connector = await startConnector();
    pace = fakePace();
    bot = await startBot({ now: () => time, pace });
  });
  afterEach(async () => {
    await bot.close();
    await connector.close();
  });

  const say = async (text: string, parts = {}) => {
    const activity = teamsMessage(text, { conversation, serviceUrl: connector.serviceUrl, ...parts });
    expect((await bot.post(activity)).status).toBe(200);
  };
  /** The hold's thirty seconds are over. */
  const thirtySecondsLater = async () => {
    time += 31_000;
    await bot.turns.fire(key, time);
  };
  const stretching = async () => {
    await say("my left calf is cramping");
    await say("none of these");
    return connector.texts().length;
  };
  const reference = async () => JSON.parse((await bot.store.load(key, null)).conversation?.address ?? "{}").reference;

  it("says what the timer brings, to the same chat, by the kept reference with its tenant", async () => {
    const before = await stretching();
    await thirtySecondsLater();
    const said = connector.posted.filter(({ body }) => body.type === "message").slice(before);
    expect(said.length).toBeGreaterThan(0);
    expect(said[0]?.path).toBe("/v3/conversations/a%3Aproactive/activities");
    expect(said[0]?.body.replyToId).toBeUndefined();
    expect(said[0]?.body).toMatchObject({ conversation, recipient: { id: "29:person" }, from: { id: "28:bot" } });
    expect(JSON.parse(await reference())).toMatchObject({ serviceUrl: connector.serviceUrl, conversation });
  });

  it.each(["BotNotInConversationRoster", "BotDisabledByAdmin", "ConversationBlockedByUser", "MessageWritesBlocked"])(
    "stops for good at 403 %s",
    async (code) => {
      await stretching();
      connector.refuse({ status: 403, body: { error: { code, message: "no" } } });
      await thirtySecondsLater();
      expect(await reference()).toBeNull();
      const calls = connector.posted.length;
      time += 600_000;
      await bot.turns.deliverUnsent(time);
      await bot.turns.fire(key, time);
      expect(connector.posted).toHaveLength(calls);
    },
  );

  it("reads the inner code of a 403 that Teams wraps", async () => {
    await stretching();
    const body = { error: { code: "Forbidden", innerError: { code: "BotDisabledByAdmin" } } };
    connector.refuse({ status: 403, body });
    await thirtySecondsLater();
    expect(await reference()).toBeNull();
  });

  it("speaks again to somebody who comes back", async () => {
    await stretching();
    connector.refuse({ status: 403, body: { error: { code: "ConversationBlockedByUser" } } });
    await thirtySecondsLater();
    await say("my calf is cramping again");
    expect(await reference()).not.toBeNull();
  });

  it.each([412, 429, 502, 504])("tries again at %d, and the person gets each message once", async (status) => {
    const before = await stretching();
    connector.refuse({ status });
    await thirtySecondsLater();
    const texts = connector.texts().slice(before);
    expect(texts.length).toBeGreaterThan(0);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("waits as long as the channel's Retry-After says", async () => {
    await stretching();
    connector.refuse({ status: 429, headers: { "Retry-After": "3" } });
    await thirtySecondsLater();
    expect(Math.max(...pace.waited)).toBeGreaterThanOrEqual(3_000);
  });

  it("leaves what did not arrive in the outbox and sends it later", async () => {
    const before = await stretching();
    connector.refuse({ status: 401 });
    await thirtySecondsLater();
    expect(connector.texts()).toHaveLength(before);
    expect(bot.failures).toHaveLength(1);
    time += 60_000;
    await createTimers({ store: bot.store, turns: bot.turns, now: () => time, failed: () => {} }).tick();
    expect(connector.texts().length).toBeGreaterThan(before);
  });

  it("sends the plain text when the channel refuses the card", async () => {
    const before = await stretching();
    connector.refuse({ status: 413, body: { error: { code: "MessageSizeTooBig" } } });
    await thirtySecondsLater();
    const last = connector.posted.at(-1)?.body;
    expect(connector.texts().length).toBeGreaterThan(before);
    expect(last?.attachments).toBeUndefined();
    expect(last?.suggestedActions?.actions.length ?? 0).toBeLessThanOrEqual(3);
  });

  it("calls no address that is not allowed any more, though it is the one that was kept", async () => {
    await stretching();
    const calls = connector.posted.length;
    const openId = await startOpenId();
    const withApp = await startBot({ store: bot.store, settings: openId.settings, now: () => time, pace: fakePace() });
    time += 31_000;
    await withApp.turns.fire(key, time);
    expect(connector.posted).toHaveLength(calls);
    expect(await reference()).toBeNull();
    expect(withApp.failures).toEqual([]);
    await Promise.all([withApp.close(), openId.close()]);
  });

  it("follows no redirect of a channel", async () => {
    await stretching();
    connector.refuse({ status: 302, headers: { Location: "http://127.0.0.1:9/" } });
    await thirtySecondsLater();
    expect(bot.failures).toMatchObject([{ status: 302 }]);
  });

  it("keeps no words of the message in the error that is logged", async () => {
    await stretching();
    connector.refuse({ status: 401, body: { error: { code: "x", message: "your calf hurts" } } });
    await thirtySecondsLater();
    expect(String(bot.failures[0])).toBe("ConnectorError: the channel answered 401 (x)");
  });
});
