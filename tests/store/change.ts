import type { Change, KeptMessage } from "../../src/store/store.ts";

/** A change with the parts that a test does not care about filled in. */
export function change(parts: Partial<Change> & { readonly conversation: string }): Change {
  return {
    basedOn: 0,
    sequence: parts.messages?.at(-1)?.sequence ?? 0,
    state: "{}",
    channel: "web",
    address: '{"reference":null}',
    messages: [],
    timers: null,
    audit: [],
    setAside: null,
    forget: false,
    announce: false,
    at: 1_000,
    ...parts,
  };
}

export function message(sequence: number, parts: Partial<KeptMessage> = {}): KeptMessage {
  return { sequence, from: "bot", activity: null, body: `"body ${sequence}"`, pending: false, at: 1_000, ...parts };
}
