import { type Conversation, newConversation } from "../dialogs/conversation.ts";
import type { Event } from "../dialogs/event.ts";
import { createWorld, respond } from "../dialogs/respond.ts";
import { heard } from "../tests/support/heard.ts";
import { atMost, type Suite } from "./figures.ts";
import { median, quantile, time } from "./measure.ts";
import { bestKnowledge } from "./support.ts";
import { MESSAGES } from "./understanding.ts";

const CALLS = 20_000;

/** A turn as a pure function: the messages are understood already. */
export async function benchTurn(): Promise<Suite> {
  const { understand, content } = await bestKnowledge();
  const world = createWorld(content, null);
  const events = MESSAGES.map((text): Event => heard(understand(text)));
  let conversation: Conversation = newConversation();
  const turn = time(CALLS, 3000, (at) => {
    if (at % 50 === 0) conversation = newConversation();
    conversation = respond(world, conversation, events[at % events.length] as Event, at * 1000).conversation;
  });
  const [p50, p99] = [median(turn) * 1000, quantile(turn, 0.99) * 1000];
  return {
    title: "A turn, with no channel and no store",
    figures: [
      { what: "a pure turn, p50", value: p50, unit: "µs", goal: atMost(p50, 100, "µs") },
      { what: "a pure turn, p99", value: p99, unit: "µs" },
    ],
  };
}
