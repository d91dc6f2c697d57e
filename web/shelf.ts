/** A place to keep a text. Where the browser keeps nothing (private windows, blocked storage), it lasts as long as the page. */
export interface Shelf {
  read(): string | null;
  write(text: string): void;
}

/** An entry of the browser's storage. */
export function shelfAt(storage: () => Storage, key: string): Shelf {
  let memory: string | null = null;
  return {
    read: () => {
      try {
        return storage().getItem(key) ?? memory;
      } catch {
        return memory;
      }
    },
    write: (text) => {
      memory = text;
      try {
        storage().setItem(key, text);
      } catch {
        // Full or forbidden: the memory has it.
      }
    },
  };
}

/** @returns what was written as JSON; null where there is nothing, or nothing that can be read */
export function readJson(shelf: Shelf): unknown {
  try {
    return JSON.parse(shelf.read() ?? "null");
  } catch {
    return null;
  }
}
