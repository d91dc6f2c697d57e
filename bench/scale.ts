import { fork } from "node:child_process";
import { join } from "node:path";
import type { Figure } from "./figures.ts";

/** Turns a second on one PostgreSQL with two processes beside one, each with eight conversations at once. */
export async function scale(url: string, turns: number): Promise<Figure> {
  const one = await together(url, turns, 1);
  const two = await together(url, turns, 2);
  const beside = [{ peer: "one process", times: two / one }];
  return { what: "PostgreSQL, two processes, 8 at once each", value: two, unit: "turns/s", beside };
}

async function together(url: string, turns: number, processes: number): Promise<number> {
  const workers = Array.from({ length: processes }, () => fork(join(import.meta.dirname, "worker.ts"), [url, String(turns)]));
  const heard = (from: (typeof workers)[number]) =>
    new Promise<number>((resolve) => from.once("message", (told) => resolve(Number(told))));
  await Promise.all(workers.map(heard));
  const results = workers.map(heard);
  for (const worker of workers) worker.send("go");
  const perSecond = await Promise.all(results);
  return perSecond.reduce((sum, one) => sum + one, 0);
}
