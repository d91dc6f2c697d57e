import type { Reply } from "../../dialogs/reply.ts";
import { createWorld } from "../../dialogs/respond.ts";
import { openStore } from "../../src/store/open.ts";
import type { Outgoing } from "../../src/turns/port.ts";
import { createTimers } from "../../src/turns/timers.ts";
import { createTurns } from "../../src/turns/turns.ts";
import { incoming } from "../support/incoming.ts";
import { knowledge } from "../support/knowledge.ts";

/**
 * A server of its own process, as src/main.ts composes it, with a channel that talks to the test over IPC instead of HTTP:
 * killed at any moment, what it had sent before has arrived. Its clock runs faster, so that countdowns end in time.
 */
export interface InstanceSettings {
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly connections: number;
  /** Seconds of the bot's in a second. */
  readonly pace: number;
  /** When the fast clock started. */
  readonly from: number;
}

export type ToInstance =
  | { readonly kind: "say"; readonly id: number; readonly conversation: string; readonly activity: string; readonly text: string }
  | { readonly kind: "check"; readonly id: number }
  | { readonly kind: "stop" };

export type FromInstance =
  | { readonly kind: "ready" }
  | { readonly kind: "arrived"; readonly conversation: string; readonly replies: readonly Arrived[] }
  | { readonly kind: "said"; readonly id: number; readonly kept: boolean; readonly replies: readonly Arrived[] }
  | { readonly kind: "checked"; readonly id: number; readonly good: boolean }
  | { readonly kind: "failed"; readonly where: string; readonly what: string };

export interface Arrived extends Pick<Reply, "text" | "step" | "ask" | "disposition"> {
  readonly sequence: number;
}

const settings = JSON.parse(process.argv[2] ?? "{}") as InstanceSettings;
/** Resolves when the message has left this process: killed after that, it arrives all the same. */
const tell = (message: FromInstance): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, undefined, {}, (error) => (error === null ? resolve() : reject(error)));
  });
const failed = (where: string, error: unknown): void => {
  void tell({ kind: "failed", where, what: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }).catch(
    () => {},
  );
};
const now = () => Math.floor(settings.from + (Date.now() - settings.from) * settings.pace);

const { content, understand } = knowledge();
const store = await openStore({ ...settings, databaseConnections: settings.connections }, (error) => failed("store", error));
const mind = Promise.resolve({ world: createWorld(content, null), understand });
const turns = createTurns({ store, mind, observer: { turn: () => {}, failure: failed } });
const timers = createTimers({ store, turns, now, failed: (error) => failed("timers", error) });
turns.connect("test", async ({ conversation }, replies) => {
  await tell({ kind: "arrived", conversation, replies: replies.map(arrived) });
  return "arrived";
});
timers.start();
process.on("message", (message: ToInstance) => {
  const done = message.kind === "say" ? say(message) : message.kind === "check" ? check(message.id) : stop();
  done.catch((error: unknown) => failed("channel", error));
});
await tell({ kind: "ready" });

async function say({ id, conversation, activity, text }: Extract<ToInstance, { kind: "say" }>): Promise<void> {
  const handled = await turns.handle(incoming(text, { conversation, channel: "test", activity, at: now() }));
  const replies = handled.repeated ? handled.replies.filter(({ pending }) => pending) : handled.replies;
  if (handled.kept) {
    await tell({ kind: "arrived", conversation, replies: replies.map(arrived) });
    await turns.acknowledge(conversation, replies);
  }
  await tell({ kind: "said", id, kept: handled.kept, replies: handled.replies.map(arrived) });
}

async function check(id: number): Promise<void> {
  const good = await store.check().then(
    () => true,
    () => false,
  );
  await tell({ kind: "checked", id, good });
}

async function stop(): Promise<void> {
  await timers.stop();
  await store.close();
  process.disconnect();
}

function arrived({ sequence, reply: { text, step, ask, disposition } }: Outgoing): Arrived {
  return { sequence, text, step, ask, disposition };
}
