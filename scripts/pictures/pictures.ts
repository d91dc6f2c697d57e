/** All pictures by id. */
import type { Poses } from "./picture.ts";
import { calf } from "./poses/calf.ts";

export const PICTURES: Poses = { ...calf };
