import type { AreaContent } from "../src/care/content.ts";
import { countWords } from "../src/care/readability.ts";

/** Words of a list of what not to do; with its frame it stays below the length of a message. */
const MOST_WORDS = 32;
/** What is short enough to stand beside the first stretch. */
const FEW_WORDS = 8;

/** What not to do at this place: "point the toes; stretch it after a pop or a snap". As much as fits a message. */
export function dontList({ dont }: Pick<AreaContent, "dont">): string {
  const fitting: string[] = [];
  let words = 0;
  for (const one of dont) {
    const more = countWords(one);
    if (words + more > MOST_WORDS) continue;
    words += more;
    fitting.push(one);
  }
  return fitting.join("; ");
}

/** The first short one of them, for the message before a stretch; null when all are long. */
export function firstDont({ dont }: Pick<AreaContent, "dont">): string | null {
  return dont.find((one) => countWords(one) <= FEW_WORDS) ?? null;
}
