import { expect, it } from "vitest";
import { runCampaign } from "../../scripts/fuzz/campaign.ts";
import { mutateText } from "../../scripts/fuzz/mutate.ts";
import { createRandom } from "../../scripts/fuzz/random.ts";

/** The short run; `node scripts/fuzz.ts --count N` is the long one. */
it("five thousand requests that no client should send: none crashes, hangs, is answered 5xx or with nonsense", {
  timeout: 300_000,
}, async () => {
  const { requests, troubles } = await runCampaign({ seed: 1_000, count: 5_000 });
  expect(troubles).toEqual([]);
  expect(requests).toBeGreaterThanOrEqual(5_000);
});

it("the same seed says the same", () => {
  const said = () => {
    const random = createRandom(7);
    return Array.from({ length: 50 }, () => mutateText("my left calf is cramping", random));
  };
  expect(said()).toEqual(said());
  expect(new Set(said()).size).toBeGreaterThan(40);
});
