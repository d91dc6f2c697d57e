import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkActivity, conversationKey } from "../../../src/channels/bot-framework/activity-in.ts";

/** Channel, conversation, person. */
type Parts = [string, string, string];

const keyOf = (channelId: string, conversation: string, from: string): string =>
  conversationKey(checkActivity({ type: "message", channelId, conversation: { id: conversation }, from: { id: from } }));

describe("the key of a conversation", () => {
  it.each([
    ["msteams", "a:personal-1", "29:person", "bf:msteams:a:personal-1:29:person"],
    ["msteams", "19:abc@thread.tacv2;messageid=17", "29:person", "bf:msteams:19:abc@thread.tacv2;messageid=17:29:person"],
    ["slack", "B1:T1:C1", "U1:T1", "bf:slack:B1:T1:C1:U1:T1"],
    ["slack", "B1:T1:C1", "U1", "bf:slack:B1:T1:C1:U1"],
    ["webchat", "abc", "dl_1", "bf:webchat:abc:dl_1"],
    ["directline", "abc", "", "bf:directline:abc:"],
    ["telephony", "call-1", "8:acs:1-2_3", "bf:telephony:call-1:8:acs:1-2_3"],
    ["emulator", "1|livechat", "user", "bf:emulator:1|livechat:user"],
  ])("of %s stays what it was: %s by %s", (channel, conversation, from, key) => {
    expect(keyOf(channel, conversation, from)).toBe(key);
  });

  it.each<[Parts, Parts]>([
    [
      ["directline", "a:b", "c"],
      ["directline", "a", "b:c"],
    ],
    [
      ["msteams", "a:x:29", "person"],
      ["msteams", "a:x", "29:person"],
    ],
    [
      ["a:b", "c", "d"],
      ["a", "b:c", "d"],
    ],
    [
      ["web", "a%3Ab:1", "x:y"],
      ["web", "a:b:1", "x:y"],
    ],
  ])("tells %j from %j", (one, other) => {
    expect(keyOf(...one)).not.toBe(keyOf(...other));
  });

  it("tells any two apart, whatever their ids hold", () => {
    const part = fc.string({
      unit: fc.constantFrom("a", ":", "2", "9", "8", "U", "%", "3", "A", "+", "\n", "\ud800"),
      maxLength: 6,
    });
    const parts = fc.tuple(
      part,
      part.filter((text) => text !== ""),
      part,
    );
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(keyOf(...one) === keyOf(...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 20_000 },
    );
  });

  it("tells apart every way to cut the same text", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "29", "8", "acs", "U1", "T1", ""), { minLength: 3, maxLength: 7 }), (pieces) => {
        const keys = [];
        for (let first = 1; first < pieces.length - 1; first++)
          for (let second = first + 1; second < pieces.length; second++) {
            const [channel, conversation, from] = [pieces.slice(0, first), pieces.slice(first, second), pieces.slice(second)];
            if (conversation.join(":") !== "") keys.push(keyOf(channel.join(":"), conversation.join(":"), from.join(":")));
          }
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
