import type { Store } from "../../src/store/store.ts";

/** What every store can do without its disk or its server. */
const ALWAYS: readonly PropertyKey[] = ["shared", "onSaidElsewhere", "close"] satisfies (keyof Store)[];

/** A store whose every call fails while it is away. */
export function failingStore(store: Store, isAway: () => boolean): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function" || ALWAYS.includes(name)) return member;
      return async (...given: unknown[]): Promise<unknown> => {
        if (isAway()) throw new Error("the store is away");
        return await Reflect.apply(member, target, given);
      };
    },
  });
}
