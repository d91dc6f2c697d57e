import { createHmac } from "node:crypto";
import { Ajv } from "ajv";
import { beforeEach, describe, expect, it } from "vitest";
import replySchema from "../../../schemas/reply.schema.json" with { type: "json" };
import { sign } from "../../../src/channels/hand-off/signature.ts";
import { type Called, type Clinic, KEY, openClinic, SECRET, WAIT } from "./clinic.ts";

let clinic: Clinic;

beforeEach(async () => {
  clinic = await openClinic();
  return () => clinic.close();
});

describe("passing a person on", () => {
  it("shows what would be told, and tells nobody without a yes", async () => {
    await clinic.say("my left calf is cramping, about a 5");
    const asked = await clinic.say("can I talk to a real person");
    expect(asked).toMatch(/take over/);
    expect(asked).toMatch(/left calf, pain 5 of 10/);
    expect(asked).toMatch(/112/);
    await clinic.say("no");
    expect(clinic.called).toEqual([]);
    expect(await clinic.state()).toBeNull();
  });

  it("shows it once more when asked to, and after a side question", async () => {
    await clinic.say("my left calf is cramping, about a 5");
    await clinic.say("can I talk to a real person");
    expect(await clinic.say("can you say that again")).toMatch(/left calf, pain 5 of 10/);
    expect(await clinic.say("is ice or heat better?")).toMatch(/left calf, pain 5 of 10/);
    await clinic.say("yes");
    expect(clinic.called).toHaveLength(1);
  });

  it("tells the clinic just what was shown, signed, and where to report", async () => {
    const told = await clinic.passedOn();
    expect(told).toMatch(/person/);
    expect(clinic.called).toHaveLength(1);
    const { body, text, headers } = clinic.called[0] as Called;
    const { id: _, at: __, locale: ___, statusUrl: ____, type: _____, ...request } = JSON.parse(text);
    expect(new Ajv({ strict: false }).compile(replySchema.properties.handOff)(request)).toBe(true);
    expect(body).toMatchObject({
      type: "handoff.initiate",
      summary: "left calf, pain 5 of 10",
      statusUrl: "https://bot.example/hand-off/status",
    });
    expect(body.facts).toMatchObject({ area: "calf", side: "left", pain: 5, patient: "self" });
    const right = createHmac("sha256", SECRET).update(`${headers["x-unknot-timestamp"]}.${text}`).digest("hex");
    expect(headers["x-unknot-signature"]).toBe(`sha256=${right}`);
    expect(text).not.toMatch(/29:person|A Person|cramping|a:hand-off/);
  });

  it("goes on with first aid while it waits", async () => {
    const told = await clinic.passedOn();
    expect(told.length).toBeGreaterThan(120);
    expect(await clinic.say("none of these")).toMatch(/calf|stretch|toes|wall|hold/i);
  });

  it("is not asked twice", async () => {
    await clinic.passedOn();
    expect(await clinic.say("get me a human please")).toMatch(/asked for a person/);
    expect(clinic.called).toHaveLength(1);
  });

  it("is not offered in an emergency: the number, at once", async () => {
    await clinic.say("crushing chest pain and I can't breathe");
    const said = await clinic.say("can I talk to a real person");
    expect(said).toMatch(/112/);
    expect(said).not.toMatch(/take over/);
    expect(clinic.called).toEqual([]);
  });

  it("is not offered where others read along", async () => {
    const said = await clinic.say("can I talk to a real person", { conversation: { id: "19:x", conversationType: "channel" } });
    expect(said).toMatch(/private chat/);
    expect(said).not.toMatch(/take over/);
  });
});

describe("what the clinic reports", () => {
  it("accepted: the person is told, and the bot is quiet", async () => {
    await clinic.passedOn();
    expect((await clinic.report("accepted")).said).toMatch(/quiet/);
    expect(await clinic.say("thanks, I am glad")).toBe("");
    expect(await clinic.say("it is a bit better")).toBe("");
  });

  it("accepted: a red flag is answered all the same", async () => {
    await clinic.passedOn();
    await clinic.report("accepted");
    expect(await clinic.say("now I have crushing chest pain and can't breathe")).toMatch(/112/);
  });

  it("accepted: a picture gets no word from the bot, but a wish to be forgotten is heard and done", async () => {
    await clinic.passedOn();
    await clinic.report("accepted");
    expect(await clinic.say("", { attachments: [{ contentType: "image/png", contentUrl: "https://example.com/x.png" }] })).toBe(
      "",
    );
    expect(await clinic.say("please delete my data")).toMatch(/delete/i);
    expect(await clinic.say("Delete it")).toMatch(/deleted/i);
    expect(await clinic.state()).toBeNull();
  });

  it("accepted: start over brings the bot back", async () => {
    await clinic.passedOn();
    await clinic.report("accepted");
    expect(await clinic.say("start over")).not.toBe("");
    expect(await clinic.state()).toBeNull();
  });

  it("completed: the bot speaks again", async () => {
    await clinic.passedOn();
    await clinic.report("accepted");
    expect((await clinic.report("completed")).said).toMatch(/here again/);
    expect(await clinic.say("my left calf is cramping again")).not.toBe("");
  });

  it("failed: the person is told at once what to do instead", async () => {
    await clinic.passedOn();
    const { said } = await clinic.report("failed");
    expect(said).toMatch(/Nobody has taken over/);
    expect(said).toMatch(/112/);
  });

  it("told twice, it is said once", async () => {
    await clinic.passedOn();
    expect((await clinic.report("accepted")).said).not.toBe("");
    expect(await clinic.report("accepted")).toEqual({ status: 200, said: "" });
  });

  it("too late, it changes nothing", async () => {
    await clinic.passedOn();
    await clinic.report("failed");
    expect((await clinic.report("accepted")).said).toBe("");
    expect(await clinic.state()).toBeNull();
  });

  it("of an earlier wish, it does nothing to the present one", async () => {
    await clinic.passedOn();
    clinic.time += WAIT + 1_000;
    await clinic.bot.turns.fire(KEY, clinic.time);
    await clinic.say("can I talk to a real person");
    await clinic.say("yes");
    expect(clinic.called).toHaveLength(2);
    expect((await clinic.report("failed", clinic.called[0]?.body.id)).said).toBe("");
    expect((await clinic.report("accepted", clinic.called[0]?.body.id)).said).toBe("");
    expect(await clinic.state()).toBe("waiting");
    expect((await clinic.report("accepted", clinic.called[1]?.body.id)).said).toMatch(/quiet/);
  });

  it("of somebody who was forgotten, nothing is kept and nothing said", async () => {
    await clinic.passedOn();
    await clinic.say("forget me");
    await clinic.say("yes");
    expect(await clinic.report("accepted")).toEqual({ status: 200, said: "" });
    expect((await clinic.bot.store.load(KEY, null)).conversation).toMatchObject({ state: null, address: "" });
  });

  it("is refused without its signature, with another's, or when it is old", async () => {
    await clinic.passedOn();
    const body = JSON.stringify({ id: clinic.called[0]?.body.id, state: "accepted" });
    expect((await clinic.report("accepted", undefined, {})).status).toBe(401);
    expect(
      (
        await clinic.report(
          "accepted",
          clinic.called[0]?.body.id,
          sign("x".repeat(32), body, clinic.time) as Record<string, string>,
        )
      ).status,
    ).toBe(401);
    expect(
      (
        await clinic.report(
          "accepted",
          clinic.called[0]?.body.id,
          sign(SECRET, body, clinic.time - 600_000) as Record<string, string>,
        )
      ).status,
    ).toBe(401);
    expect(await clinic.state()).toBe("waiting");
  });

  it.each(["", "1.AAAA", "1", `1.${Buffer.alloc(60).toString("base64url")}`])(
    "is refused for an unknown hand-off: %s",
    async (id) => {
      expect((await clinic.report("accepted", id)).status).toBe(400);
    },
  );

  it("is refused for an unknown state", async () => {
    await clinic.passedOn();
    expect((await clinic.report("maybe")).status).toBe(400);
  });
});

describe("nobody takes it", () => {
  it("in time: the person is told, and the bot goes on", async () => {
    await clinic.passedOn();
    const before = clinic.texts().length;
    clinic.time += WAIT + 1_000;
    await clinic.bot.turns.fire(KEY, clinic.time);
    expect(clinic.texts().slice(before).join()).toMatch(/Nobody has taken over[\s\S]*112/);
    expect(await clinic.state()).toBeNull();
  });

  it("because the webhook is down for a moment: it is called again", async () => {
    clinic.answers = [503, 500, 429];
    await clinic.passedOn();
    expect(clinic.called).toHaveLength(4);
    expect(new Set(clinic.called.map(({ body }) => body.id)).size).toBe(1);
    expect(await clinic.state()).toBe("waiting");
  });

  it.each([[400], [404], [302]])("because the webhook refuses with %d: the person is told at once", async (status) => {
    clinic.answers = [status];
    const told = await clinic.passedOn();
    expect(clinic.called).toHaveLength(1);
    expect(told).toMatch(/Nobody has taken over/);
    expect(await clinic.state()).toBeNull();
  });

  it("and whoever took it never says that they are done: the bot comes back after two hours", async () => {
    await clinic.passedOn();
    await clinic.report("accepted");
    const before = clinic.texts().length;
    clinic.time += 2 * 3_600_000 + 1_000;
    await clinic.bot.turns.fire(KEY, clinic.time);
    expect(clinic.texts().slice(before).join()).toMatch(/here again/);
    expect(await clinic.say("hello")).not.toBe("");
  });
});
