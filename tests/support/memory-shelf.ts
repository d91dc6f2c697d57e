import type { Shelf } from "../../web/shelf.ts";

/** A shelf as a browser's storage is one, for parts of the widget that run without a browser. */
export function memoryShelf(): Shelf {
  let kept: string | null = null;
  return {
    read: () => kept,
    write: (text) => {
      kept = text;
    },
  };
}
