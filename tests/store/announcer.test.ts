import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAnnouncer } from "../../src/store/postgres-announcer.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("an announcement that a broken connection swallowed goes out again, with what came meanwhile", async () => {
  const failures: unknown[] = [];
  const sent: string[][] = [];
  let broken = true;
  const notify = async (_: string, payloads: readonly string[]) => {
    if (broken) throw new Error("terminating connection");
    sent.push(payloads.map((payload) => payload.slice(payload.indexOf(" ") + 1)));
  };
  const announcer = createAnnouncer({}, notify, (error) => failures.push(error));
  announcer.announce("web:one");
  await vi.advanceTimersByTimeAsync(10);
  expect([failures.length, sent]).toEqual([1, []]);
  broken = false;
  announcer.announce("web:two");
  await vi.advanceTimersByTimeAsync(2000);
  expect(sent).toEqual([["web:one", "web:two"]]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent.length).toBe(1);
  await announcer.close();
});
