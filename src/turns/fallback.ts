import type { Setting } from "../../dialogs/event.ts";
import type { Reply } from "../../dialogs/reply.ts";
import type { World } from "../../dialogs/turn.ts";
import { countryOf, numbersFor } from "../care/countries.ts";
import { fill, wording } from "../care/said.ts";

/**
 * What is said when something inside failed: a fixed text with the emergency number. It uses as little as it can of what
 * may be broken.
 * @param country ISO code that the person named, if known
 */
export function fallbackReply(world: World, setting: Setting, country: string | null): Reply {
  return fixedReply(world, "fallback", "fallback", setting, country);
}

/** What is said when the place in the talk could not be read. */
export function stateLostReply(world: World, setting: Setting, country: string | null): Reply {
  return fixedReply(world, "state-lost", "welcome", setting, country);
}

function fixedReply(
  { content, defaultCountry }: World,
  name: string,
  step: Reply["step"],
  setting: Setting,
  country: string | null,
): Reply {
  const { locale, timeZone } = setting;
  const where = { said: country, configured: defaultCountry, timeZone, locale };
  const numbers = numbersFor(countryOf(where, content.numbers), content.numbers);
  const message = content.steps.messages[name];
  if (message === undefined) throw new Error(`steps.yaml has no message "${name}"`);
  const text = fill(wording(message.say, "you"), { emergency_number: numbers.emergency, nonemergency_line: numbers.advice });
  return {
    text,
    spoken: text,
    choices: [],
    multiple: false,
    picture: null,
    timerSeconds: null,
    clock: null,
    step,
    disposition: null,
    flags: [],
    ask: null,
    question: null,
    sources: [],
    emergencyNumber: numbers.dial,
  };
}
