import { createRequire } from "node:module";
import { join } from "node:path";
import { compileContent, readContentFiles } from "../src/care/load-content.ts";
import { atMost, type Suite } from "./figures.ts";
import { interleaved, median, quantile, ratio, time } from "./measure.ts";
import { learnNlpJs, learnStockBayes, type Tell } from "./rivals.ts";
import { bestKnowledge, ROOT } from "./support.ts";

export const MESSAGES = [
  "my calf is cramping",
  "left calf, started 5 minutes ago on a run, about a 6, no swelling",
  "its getting worse not better",
  "8/10",
  "how long do i hold the strech for",
  "Woke up at 3 with my hamstring locked solid, it let go after a minute but now it is sore and I wonder if I should ring somebody about it or just leave it till the morning.",
  "no swelling but i cant feel my foot",
  "ok",
  "can you tell me the price of a calf at auction",
  "my son's leg is ice cold and white",
];
const CALLS = 400;
const ROUNDS = 15;

/** One message understood, beside what only tell its intent, learned from the same sentences; long and hostile texts. */
export async function benchUnderstanding(): Promise<Suite> {
  const { understand } = await bestKnowledge();
  const { intents } = await compileContent(readContentFiles(join(ROOT, "content", "en")));
  const examples = intents.map(({ text, label }) => [text, label] as const);
  const require = createRequire(import.meta.url);
  const rivals = { "stock natural": await learnStockBayes(require, examples), "nlp.js": await learnNlpJs(require, examples) };
  const ours: number[] = [];
  const loads = {
    ours: () => {
      const samples = time(CALLS, 0, (at) => understand(MESSAGES[at % MESSAGES.length] as string));
      ours.push(...Array.from(samples));
      return median(samples);
    },
    "stock natural": async () => await medianOf(rivals["stock natural"], 20),
    "nlp.js": async () => await medianOf(rivals["nlp.js"], 100),
  };
  const of = await interleaved(loads, ROUNDS);
  const all = ours.slice(CALLS);
  const beside = Object.keys(rivals).map((peer) => ({ peer, times: ratio(of("ours"), of(peer)) }));
  const [p50, p99] = [median(all) * 1000, quantile(all, 0.99) * 1000];
  return {
    title: "Understanding a message: everything it says; the others tell its intent alone",
    figures: [
      { what: "a message, p50", value: p50, unit: "µs", beside, goal: atMost(p50, 150, "µs") },
      { what: "a message, p99", value: p99, unit: "µs", goal: atMost(p99, 1000, "µs") },
      ...(await longTexts(understand)),
    ],
  };
}

async function longTexts(understand: (text: string) => unknown): Promise<Suite["figures"]> {
  const letters = "a".repeat(64_000);
  const words = (count: number) => Array.from({ length: count }, (_, at) => MESSAGES[at % MESSAGES.length]).join(" ");
  const [short, long] = [words(10), words(640)];
  const of = await interleaved(
    {
      letters: () => median(time(20, 0, () => understand(letters))),
      short: () => median(time(20, 0, () => understand(short))),
      long: () => median(time(3, 0, () => understand(long))),
    },
    7,
  );
  const times = ratio(of("long"), of("short"));
  const oneLetter = median(of("letters"));
  return [
    { what: "64 KB of one letter", value: oneLetter, unit: "ms", goal: atMost(oneLetter, 5, "ms") },
    { what: "64 KB of words", value: median(of("long")), unit: "ms" },
    { what: "64 KB of words : 0.6 KB of words", value: times, unit: "times", goal: { words: "≤ 64 times", met: times <= 64 } },
  ];
}

async function medianOf(tell: Tell, calls: number): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < calls; at++) {
    const start = performance.now();
    await tell(MESSAGES[at % MESSAGES.length] as string);
    times.push(performance.now() - start);
  }
  return median(times);
}
