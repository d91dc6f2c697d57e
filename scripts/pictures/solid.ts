/** Rounded bodies in space, from which people and soft things are made. */
import type { Axes, Ball, Vec } from "./geometry.ts";

/** A run of balls: the skin is drawn tight over them. */
export type Run = readonly Ball[];

export const ball = (centre: Vec, radius: number | Vec, axes: Axes): Ball => ({
  centre,
  radii: typeof radius === "number" ? [radius, radius, radius] : radius,
  axes,
});
