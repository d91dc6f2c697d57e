/** All pictures by id. */
import type { Poses } from "./picture.ts";
import { arm } from "./poses/arm.ts";
import { calf } from "./poses/calf.ts";
import { foot } from "./poses/foot.ts";
import { hip } from "./poses/hip.ts";
import { lowerBack } from "./poses/lower-back.ts";
import { neck } from "./poses/neck.ts";
import { thigh } from "./poses/thigh.ts";
import { trunk } from "./poses/trunk.ts";

export const PICTURES: Poses = { ...arm, ...calf, ...foot, ...hip, ...lowerBack, ...neck, ...thigh, ...trunk };
