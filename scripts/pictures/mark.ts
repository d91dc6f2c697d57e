/** Marks muscles on people who are in a scene. */
import type { Person, Side } from "./figure.ts";
import { type Mark, MUSCLES, type Muscle } from "./muscles.ts";
import type { Scene } from "./scene.ts";

/** Marks a muscle, just above the piece of the body that it lies on. The person must be in the scene already. */
export function mark(scene: Scene, who: Person, muscle: Muscle, side: Side = "right", shift = 0): void {
  markOn(scene, who, MUSCLES[muscle](who, side), shift);
}

/** Marks any place on a piece of the body. */
export function markOn(scene: Scene, who: Person, { runs, on }: Mark, shift = 0): void {
  const depth = scene.people.get(who)?.get(on);
  if (depth === undefined) throw new Error(`nothing to mark: ${on} is not drawn`);
  scene.mark(runs, depth + 0.05 + shift);
}
