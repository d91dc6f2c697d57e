import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writeHeapSnapshot } from "node:v8";
import { WebSocket } from "ws";
import { openSqliteStore } from "../src/store/sqlite.ts";
import { ask, at, beginChat, emulated, say, startTarget, type Target } from "../tests/security/target.ts";
import prepare from "../tests/support/prepare.ts";

/**
 * An hour of people in some minutes: each opens a chat and its stream, says some things, lets time pass and leaves. Shows the
 * heap after each round; `--snapshots DIR` keeps the first and the last whole. Ends with 1 when it grew by more than a tenth
 * from the second round, by when everything is warm, to the last.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "8" },
    people: { type: "string", default: "250" },
    snapshots: { type: "string" },
  },
});
const SAYINGS = ["my left calf is cramping", "none of these", "how long do I hold it?", "about a 5", "it is better", "stop"];
const AT_ONCE = 16;
const rounds = Number(values.rounds);
const people = Number(values.people);
const tell = (line: string) => process.stdout.write(`${line}\n`);

if (globalThis.gc === undefined) throw new Error("run it as: node --expose-gc scripts/soak.ts");
await prepare();
const folder = mkdtempSync(join(tmpdir(), "unknot-soak-"));
const store = openSqliteStore(folder);
const target = await startTarget({}, undefined, store);
const heaps: number[] = [];
for (let round = 0; round < rounds; round++) {
  const began = performance.now();
  await playRound(target, people);
  // As long as an hour has rounds.
  target.advance(3600 / rounds);
  target.seen.length = 0;
  await settle();
  heaps.push(process.memoryUsage().heapUsed / 1e6);
  const { rss } = process.memoryUsage();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  tell(
    `round ${round + 1}: ${people} people in ${seconds} s, heap ${heaps.at(-1)?.toFixed(1)} MB, resident ${(rss / 1e6).toFixed(0)} MB`,
  );
  if (values.snapshots !== undefined && (round === 1 || round === rounds - 1))
    writeHeapSnapshot(join(values.snapshots, `round-${round + 1}.heapsnapshot`));
}
const grown = (heaps.at(-1) ?? 0) / (heaps[1] ?? 1);
tell(`heap from round 2 to ${rounds}: ${grown.toFixed(3)} times; failures inside: ${target.failures.length}`);
process.exitCode = grown > 1.1 || target.failures.length > 0 ? 1 : 0;
await target.close();
await store.close();
rmSync(folder, { recursive: true, force: true });

async function playRound(server: Target, count: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await playPerson(server);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Chat, stream, some messages, good-bye; and the same words once more as a channel of Azure sends them. */
async function playPerson(server: Target): Promise<void> {
  const chat = await beginChat(server);
  const { body } = await ask(server, "GET", `${at(chat.conversation)}?watermark=0`, { token: chat.token });
  const socket = new WebSocket(String(body["streamUrl"]));
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  for (const text of SAYINGS)
    await say(server, chat, { type: "message", text, channelData: { clientActivityID: text.replaceAll(" ", "-") } });
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.close();
  await closed;
  for (const text of SAYINGS) {
    const body = emulated(text, { id: `${chat.conversation}-${text.length}`, conversation: { id: chat.conversation } });
    await ask(server, "POST", "/api/messages", { body });
  }
}

/** What is only waiting to be collected does not count. */
async function settle(): Promise<void> {
  for (let times = 0; times < 3; times++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    globalThis.gc?.();
  }
}
