import { expect, it } from "vitest";
import { createTokens, type Token } from "../../../src/channels/direct-line/tokens.ts";

const KEY = Buffer.from("a key of the tests");
const NOW = 1_800_000_000_000;
const TOKEN: Token = { kind: "token", conversation: "abc", user: "dl_1", expires: NOW + 1000 };

it("reads what it signed, again and again until it expires", () => {
  const tokens = createTokens(KEY);
  const text = tokens.sign(TOKEN);
  for (const at of [NOW, NOW + 1, NOW + 999]) expect(tokens.read(text, at)).toEqual(TOKEN);
  for (const at of [NOW + 1000, NOW + 1001]) expect(tokens.read(text, at)).toBe("expired");
});

it("takes no other signature for a token that it has read", () => {
  const tokens = createTokens(KEY);
  const text = tokens.sign(TOKEN);
  expect(tokens.read(text, NOW)).toEqual(TOKEN);
  const [payload = "", signature = ""] = text.split(".");
  const other = createTokens(Buffer.from("another key")).sign(TOKEN);
  for (const forged of [payload, `${payload}.`, `${payload}.${signature}=`, `${payload}.${signature}.`, ` ${text}`, other]) {
    expect(tokens.read(forged, NOW), forged).toBeNull();
  }
});

it("knows tokens that it no longer remembers by their signature", () => {
  const tokens = createTokens(KEY);
  const of = (at: number): Token => ({ ...TOKEN, conversation: `c${at}` });
  const texts = Array.from({ length: 10_050 }, (_, at) => tokens.sign(of(at)));
  texts.forEach((text, at) => {
    expect(tokens.read(text, NOW)).toEqual(of(at));
  });
  for (const at of [0, 49, 50, 10_049]) expect(tokens.read(texts[at] as string, NOW)).toEqual(of(at));
});

it("signs two tickets of one moment apart, since each opens a stream once", () => {
  const tokens = createTokens(KEY);
  const ticket: Token = { ...TOKEN, kind: "stream" };
  const texts = [tokens.sign(ticket), tokens.sign(ticket)];
  expect(new Set(texts).size).toBe(2);
  for (const text of texts) expect(tokens.read(text, NOW)).toEqual(ticket);
});
