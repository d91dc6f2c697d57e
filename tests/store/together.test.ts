import { expect, it } from "vitest";
import { createTogether } from "../../src/store/together.ts";

/** A store of jobs: what a transaction wrote, and how the next ones go. */
function ledger(fault: { begin?: boolean; commit?: boolean } = {}) {
  const committed: string[][] = [];
  let open: string[] = [];
  const transaction = <T>(work: () => T): T => {
    if (fault.begin === true) throw new Error("locked");
    open = [];
    const result = work();
    if (fault.commit === true) throw new Error("disk full");
    committed.push(open);
    return result;
  };
  const run = (job: string): string => {
    if (job.startsWith("bad")) throw new Error(`cannot write ${job}`);
    open.push(job);
    return `${job} written`;
  };
  return { committed, together: createTogether(transaction, run) };
}

it("writes what comes in one round of the event loop in one transaction", async () => {
  const { committed, together } = ledger();
  const first = Promise.all(["a", "b", "c"].map((job) => together.write(job)));
  expect(committed).toEqual([]);
  expect(await first).toEqual(["a written", "b written", "c written"]);
  expect(await together.write("d")).toBe("d written");
  expect(committed).toEqual([["a", "b", "c"], ["d"]]);
});

it("leaves out what fails, and writes the others", async () => {
  const { committed, together } = ledger();
  const all = await Promise.allSettled(["a", "bad 1", "b", "bad 2", "c"].map((job) => together.write(job)));
  expect(all.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "rejected", "fulfilled"]);
  expect(String((all[1] as PromiseRejectedResult).reason)).toContain("cannot write bad 1");
  expect(committed).toEqual([["a", "b", "c"]]);
});

it.each([{ begin: true }, { commit: true }])("tells all of them when the transaction itself fails: %o", async (fault) => {
  const { committed, together } = ledger(fault);
  const all = await Promise.allSettled(["a", "b"].map((job) => together.write(job)));
  expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(committed).toEqual([]);
});

it("writes at once what waits when it is asked to, and nothing twice", async () => {
  const { committed, together } = ledger();
  const waiting = together.write("a");
  together.flush();
  expect(committed).toEqual([["a"]]);
  expect(await waiting).toBe("a written");
  await new Promise((resolve) => setImmediate(resolve));
  expect(committed).toEqual([["a"]]);
});
