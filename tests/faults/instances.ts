import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Arrived, FromInstance, InstanceSettings, ToInstance } from "./instance.ts";

export interface Instance {
  readonly pid: number;
  /** Says something and waits for the answer. @throws when the instance dies before it answered */
  say(conversation: string, activity: string, text: string): Promise<Extract<FromInstance, { kind: "said" }>>;
  /** What /readyz would tell. */
  check(): Promise<boolean>;
  /** kill -9 */
  kill(): Promise<void>;
  stop(): Promise<void>;
  readonly failures: readonly string[];
}

/** Everything that arrived at the person's end: by conversation, by sequence number, every time it came. */
export type Inbox = Map<string, Map<number, Arrived[]>>;

/**
 * @param inbox where what arrives is noted
 * @param shell a command that starts the process under some limit, such as `ulimit -Sf 2000; exec "$@"`
 */
export async function startInstance(settings: InstanceSettings, inbox: Inbox, shell?: string): Promise<Instance> {
  const script = join(import.meta.dirname, "instance.ts");
  const argv = [JSON.stringify(settings)];
  const child =
    shell === undefined
      ? fork(script, argv, { stdio: ["ignore", "ignore", "inherit", "ipc"] })
      : fork(script, argv, {
          execPath: "/bin/bash",
          execArgv: ["-c", shell, "bash", process.execPath],
          stdio: ["ignore", "ignore", "inherit", "ipc"],
        });
  const failures: string[] = [];
  const waiting = new Map<number, { resolve: (message: FromInstance) => void; reject: (error: Error) => void }>();
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = new Promise<void>((resolve, reject) => {
    child.on("message", (message: FromInstance) => {
      if (message.kind === "ready") resolve();
      else if (message.kind === "arrived") note(inbox, message.conversation, message.replies);
      else if (message.kind === "failed") failures.push(`${message.where}: ${message.what}`);
      else waiting.get(message.id)?.resolve(message);
    });
    child.once("exit", () => {
      reject(new Error("the instance ended before it was ready"));
      for (const { reject: fail } of waiting.values()) fail(new Error("the instance ended"));
    });
  });
  let count = 0;
  const ask = async <Kind extends "said" | "checked">(message: (id: number) => ToInstance) => {
    const id = count++;
    if (!child.connected) throw new Error("the instance ended");
    const answer = new Promise<FromInstance>((resolve, reject) => waiting.set(id, { resolve, reject }));
    child.send(message(id), () => {});
    return (await answer.finally(() => waiting.delete(id))) as Extract<FromInstance, { kind: Kind }>;
  };
  await ready;
  return {
    pid: pidOf(child),
    failures,
    say: (conversation, activity, text) => ask<"said">((id) => ({ kind: "say", id, conversation, activity, text })),
    check: async () => (await ask<"checked">((id) => ({ kind: "check", id }))).good,
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
    stop: async () => {
      if (child.connected) child.send({ kind: "stop" } satisfies ToInstance, () => {});
      await gone;
    },
  };
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error("the instance did not start");
  return pid;
}

function note(inbox: Inbox, conversation: string, replies: readonly Arrived[]): void {
  const mine = inbox.get(conversation) ?? new Map<number, Arrived[]>();
  inbox.set(conversation, mine);
  for (const reply of replies) mine.set(reply.sequence, [...(mine.get(reply.sequence) ?? []), reply]);
}
