import type { TurnContext } from "botbuilder";
import { TYPING } from "./activity-out.ts";

const TYPING_AFTER = 1_000;

/**
 * Shows "Unknot is typing" for what takes more than a second.
 * @param failed told when it could not be shown, which costs the answer nothing
 */
export async function showTyping<T>(context: TurnContext, running: Promise<T>, failed: (error: unknown) => void): Promise<T> {
  const late = Symbol("late");
  let timer: NodeJS.Timeout | undefined;
  const alarm = new Promise<typeof late>((resolve) => {
    timer = setTimeout(resolve, TYPING_AFTER, late);
  });
  const first = await Promise.race([running, alarm]);
  clearTimeout(timer);
  if (first !== late) return first;
  await context.sendActivity(TYPING).catch(failed);
  return await running;
}
