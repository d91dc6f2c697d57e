import { expect, it } from "vitest";
import { type Kind, runCampaign } from "../../scripts/fuzz/campaign.ts";
import { mutateText } from "../../scripts/fuzz/mutate.ts";
import { createRandom } from "../../scripts/random.ts";

/** The short run; `npm run fuzz -- --count N` is the long one. */
async function fuzz(kind: Kind, count: number): Promise<void> {
  const { cases, troubles } = await runCampaign({ kind, seed: 1_000, count });
  expect(troubles).toEqual([]);
  expect(cases).toBeGreaterThanOrEqual(count);
}

const patience = { timeout: 300_000 };

it(
  "five thousand requests that no client should send: none crashes, hangs, is answered 5xx or with nonsense",
  patience,
  async () => {
    await fuzz("requests", 5_000);
  },
);

it("five thousand texts that nobody would write: none breaks understanding or the turn", patience, async () => {
  await fuzz("texts", 5_000);
});

it("five thousand activities that no channel should pass on: none breaks a channel or the turn", patience, async () => {
  await fuzz("activities", 5_000);
});

it("the same seed says the same", () => {
  const said = () => {
    const random = createRandom(7);
    return Array.from({ length: 50 }, () => mutateText("my left calf is cramping", random));
  };
  expect(said()).toEqual(said());
  expect(new Set(said()).size).toBeGreaterThan(40);
});
