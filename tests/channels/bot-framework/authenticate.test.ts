import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bot, signed, startBot, teamsMessage } from "../../support/azure-bot.ts";
import { type OpenId, publicKeyBytes, startOpenId, strangersKey, TENANT_ID, unsigned } from "../../support/open-id.ts";

/** Everything here is asked of the real server with real signed tokens; Microsoft is a server on this machine. */
describe("who may post to /api/messages", () => {
  let openId: OpenId;
  let bot: Bot;
  const expecting = { deliveryMode: "expectReplies" };

  beforeAll(async () => {
    openId = await startOpenId();
    bot = await startBot({ settings: openId.settings });
  });
  afterAll(async () => {
    await bot.close();
    await openId.close();
  });

  it("takes a message with a good token", async () => {
    const { status, body } = await bot.post(teamsMessage("my calf is cramping", expecting), await signed(openId));
    expect(status).toBe(200);
    expect(body?.activities?.length).toBeGreaterThan(0);
  });

  const refused: [string, () => Promise<Record<string, string>>][] = [
    ["no token", async () => ({})],
    ["an empty header", async () => ({ Authorization: "" })],
    ["a header without a scheme", async () => ({ Authorization: await openId.token() })],
    ["another scheme", async () => ({ Authorization: `Basic ${await openId.token()}` })],
    ["garbage", async () => ({ Authorization: "Bearer garbage" })],
    ["garbage in the form of a token", async () => ({ Authorization: "Bearer a.b.c" })],
    ["two tokens", async () => ({ Authorization: `Bearer ${await openId.token()} ${await openId.token()}` })],
    ["a wrong key", async () => signed(openId, { key: await strangersKey() })],
    [
      "HS256 with the public key as its secret",
      async () => signed(openId, { algorithm: "HS256", key: await publicKeyBytes(openId) }),
    ],
    ["no signature", async () => ({ Authorization: `Bearer ${unsigned(await openId.token())}` })],
    ["a wrong audience", async () => signed(openId, { audience: "00000000-0000-4000-8000-000000000000" })],
    ["a wrong issuer", async () => signed(openId, { issuer: "https://login.example" })],
    ["an expired token", async () => signed(openId, { expires: -400, notBefore: -4000 })],
    ["a token that is not valid yet", async () => signed(openId, { notBefore: 400 })],
    ["an unknown key id", async () => signed(openId, { keyId: "key-2" })],
    ["a token for another service url", async () => signed(openId, { serviceUrl: "https://smba.trafficmanager.net/other/" })],
    ["a token without a service url", async () => signed(openId, { serviceUrl: null })],
    [
      "a token of another bot",
      async () => signed(openId, { issuer: `https://sts.windows.net/${TENANT_ID}/`, claims: { ver: "1.0", appid: "another" } }),
    ],
  ];

  it.each(refused)("refuses %s with 401 and says nothing of the inside", async (_, headers) => {
    const { status, text } = await bot.post(teamsMessage("hello", expecting), await headers());
    expect(status).toBe(401);
    expect(JSON.parse(text)).toEqual({ error: { code: "Unauthorized", message: "The request is not authorized." } });
  });

  it("refuses a channel that the key is not endorsed for", async () => {
    const { status } = await bot.post(teamsMessage("hello", { ...expecting, channelId: "facebook" }), await signed(openId));
    expect(status).toBe(401);
  });

  it("refuses a body that names a channel with a sign-in of its own", async () => {
    const { status } = await bot.post(teamsMessage("hello", { ...expecting, channelId: "AseChannel" }), await signed(openId));
    expect(status).toBe(401);
  });

  it("refuses a body without a service url, since the SDK then checks no claim", async () => {
    const { status, body } = await bot.post(teamsMessage("hello", { ...expecting, serviceUrl: undefined }), await signed(openId));
    expect(status).toBe(400);
    expect(body?.error?.code).toBe("MissingProperty");
  });

  it("refuses a service url outside the allow-list even with a token for it", async () => {
    const serviceUrl = "https://evil.example/";
    const { status, body } = await bot.post(
      teamsMessage("hello", { ...expecting, serviceUrl }),
      await signed(openId, { serviceUrl }),
    );
    expect(status).toBe(403);
    expect(body?.error?.code).toBe("ServiceUrlRefused");
  });

  it("keeps nothing of a message that it refused", async () => {
    const conversation = { id: "a:refused", conversationType: "personal" };
    await bot.post(teamsMessage("my calf cramps", { ...expecting, conversation }));
    expect((await bot.store.load("bf:msteams:a:refused:29:person", null)).conversation).toBeNull();
  });

  it.each([500, "silence"] as const)("answers 503 when the keys cannot be fetched (%s)", async (how) => {
    const other = await startOpenId();
    other.fail(how);
    const waiting = await startBot({ settings: other.settings });
    const { status, text, headers } = await waiting.post(teamsMessage("hello", expecting), await signed(openId));
    expect(status).toBe(503);
    expect(headers.get("retry-after")).toBe("5");
    expect(text).not.toMatch(/inside|127\.0\.0\.1|stack|node_modules/);
    await waiting.close();
    await other.close();
  });

  it("answers 503 when nobody listens where the keys should be", async () => {
    const gone = await startOpenId();
    await gone.close();
    const waiting = await startBot({ settings: gone.settings });
    const { status } = await waiting.post(teamsMessage("hello", expecting), await signed(openId));
    expect(status).toBe(503);
    await waiting.close();
  });

  it("does not ask for the keys again for every unknown key id", async () => {
    await bot.post(teamsMessage("hello", expecting), await signed(openId));
    const before = openId.asked();
    for (let i = 0; i < 5; i++)
      await bot.post(teamsMessage("hello", expecting), await signed(openId, { keyId: `key-${i + 10}` }));
    expect(openId.asked()).toBe(before);
  });
});
