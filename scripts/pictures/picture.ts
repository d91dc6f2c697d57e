/** What a pose file gives. */
import type { Panel } from "./page.ts";

/** For each picture's id, how to draw it. */
export type Poses = Readonly<Record<string, () => readonly Panel[]>>;
