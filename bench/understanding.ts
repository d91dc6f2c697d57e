import { type Conversation, newConversation } from "../dialogs/conversation.ts";
import type { Event } from "../dialogs/event.ts";
import { createWorld, respond } from "../dialogs/respond.ts";
import { median, ms, print, quantile, time, us } from "./measure.ts";
import { bestKnowledge } from "./support.ts";

const MESSAGES = [
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
const CALLS = 20_000;

/** One message understood, and one pure turn. */
export async function benchUnderstanding(): Promise<void> {
  const { understand, content } = await bestKnowledge();
  const reading = time(CALLS, 3000, (at) => understand(MESSAGES[at % MESSAGES.length] as string));
  const world = createWorld(content, null);
  const events = MESSAGES.map(
    (text): Event => ({
      kind: "message",
      understanding: understand(text),
      choice: null,
      choiceOf: null,
      without: null,
      long: false,
      locale: "en-GB",
      timeZone: null,
      scope: "personal",
      reach: "push",
    }),
  );
  let conversation: Conversation = newConversation();
  const turn = time(CALLS, 3000, (at) => {
    if (at % 50 === 0) conversation = newConversation();
    conversation = respond(world, conversation, events[at % events.length] as Event, at * 1000).conversation;
  });
  const short = "a".repeat(1000);
  const long = "a".repeat(64_000);
  const words = (count: number) => Array.from({ length: count }, (_, at) => MESSAGES[at % MESSAGES.length]).join(" ");
  const one = time(200, 20, () => understand(words(10)));
  const many = time(50, 5, () => understand(words(640)));
  print("Understanding", [
    { what: "a message, p50", value: us(median(reading)), target: "≤ 150 µs", met: median(reading) <= 0.15 },
    { what: "a message, p99", value: us(quantile(reading, 0.99)), target: "≤ 1 ms", met: quantile(reading, 0.99) <= 1 },
    { what: "a pure turn, p50", value: us(median(turn)), target: "≤ 100 µs", met: median(turn) <= 0.1 },
    { what: "a pure turn, p99", value: us(quantile(turn, 0.99)) },
    { what: "1 KB of one letter", value: us(median(time(200, 20, () => understand(short)))) },
    {
      what: "64 KB of one letter",
      value: us(median(time(200, 20, () => understand(long)))),
      target: "< 5 ms",
      met: median(time(50, 5, () => understand(long))) < 5,
    },
    { what: "1 KB of words", value: ms(median(one)) },
    { what: "64 KB of words", value: ms(median(many)) },
    { what: "64 KB of words : 1 KB", value: `${(median(many) / median(one)).toFixed(1)} times` },
  ]);
}
