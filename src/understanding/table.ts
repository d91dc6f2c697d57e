/** A table to look words of a message up in. It has no prototype: otherwise it would hold "constructor", whoever types it. */
export function tableOf<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null) as object, entries) as Record<string, T>;
}
