import { randomText } from "./random-text.ts";
import type { Keys, Saved, SavedSession } from "./saved-session.ts";
import type { TokenService } from "./token-service.ts";

export interface ResumeParts {
  readonly store: SavedSession;
  readonly service: TokenService;
}

/**
 * Opens a conversation again by its resume secret. Three things can go wrong with a secret that is good for one use, and each
 * is met:
 * - the answer with the new secret is lost: the new one is chosen here and written down before it is asked for, so it is
 *   known either way;
 * - two tabs use the old one at once: one tab at a time resumes (session.ts), and whoever comes second finds the new token on
 *   the shelf;
 * - the browser has no locks: the second is refused, looks at the shelf again and finds what the first left there.
 * @returns null when no secret is taken
 */
export async function resume(saved: Saved, parts: ResumeParts): Promise<Saved | null> {
  const { store } = parts;
  const keys = await rotate(saved, parts);
  if (keys !== null) return store.amend(saved, { ...keys, next: null });
  const found = store.read();
  const isOfAnotherTab = found !== null && found.resume !== saved.resume && found.resume !== saved.next;
  return isOfAnotherTab ? await resume(found, parts) : null;
}

/** Uses the secret up; where it is used up already, because the answer to an earlier try was lost, the one after it. */
async function rotate(saved: Saved, { store, service }: ResumeParts): Promise<Keys | null> {
  const next = saved.next ?? randomText();
  store.write({ ...saved, next });
  const keys = await service.resume(saved.resume, next);
  if (keys !== null || saved.next === null) return keys;
  const afterNext = randomText();
  store.amend(saved, { resume: saved.next, next: afterNext });
  return await service.resume(saved.next, afterNext);
}
