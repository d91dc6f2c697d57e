import type { WebSocket } from "ws";
import type { Line } from "./line.ts";

/** One open stream: it gets every line once and in order, and keeps count of what it has. */
export interface Listener {
  /** New lines. A gap before them is filled from the transcript; what was sent before is passed over. */
  publish(lines: readonly Line[]): Promise<void>;
  /** Sends what the transcript has and the stream has not. A stream whose transcript cannot be read is closed. */
  catchUp(): Promise<void>;
  /** The same for a stream that has just opened. It rejects when the transcript cannot be read. */
  begin(): Promise<void>;
  /** Lines without a place in the transcript. */
  show(lines: readonly string[]): void;
  /** Asks whether the client is still there. False: it did not answer the last time, or does not read, and is cut off. */
  beat(): boolean;
  close(code: number, reason: string): void;
}

const TRY_AGAIN = 1013;
/** A client that does not read its messages is let go. */
const MOST_BUFFERED = 1024 * 1024;

/**
 * @param after the number of the last line that the client has
 * @param transcript the lines after a number, a page at a time
 */
export function createListener(
  socket: WebSocket,
  after: number,
  transcript: (after: number) => Promise<readonly Line[]>,
): Listener {
  let sent = after;
  let alive = true;
  /** Answers in flight are waited for, so that lines keep their order. */
  let tail: Promise<void> = Promise.resolve();
  socket.on("pong", () => {
    alive = true;
  });

  const write = (lines: readonly string[]) => socket.send(`{"activities":[${lines.join(",")}],"watermark":"${sent}"}`);
  const send = (lines: readonly Line[]) => {
    const fresh = lines.filter(({ sequence }) => sequence > sent);
    const last = fresh.at(-1);
    if (last === undefined) return;
    sent = last.sequence;
    write(fresh.map(({ json }) => json));
  };
  const readOn = async () => {
    for (;;) {
      const before = sent;
      send(await transcript(before));
      if (sent === before) return;
    }
  };
  /** Takes the next job of the stream. One that fails closes it, so that its client connects again and catches up. */
  const queue = async (job: () => Promise<void>): Promise<void> => {
    tail = tail.then(job).catch(() => socket.close(TRY_AGAIN, "try again"));
    await tail;
  };

  return {
    publish: async (lines) =>
      await queue(async () => {
        const first = lines[0];
        if (first !== undefined && first.sequence > sent + 1) await readOn();
        else send(lines);
      }),
    catchUp: async () => await queue(readOn),
    begin: async () => {
      tail = readOn();
      await tail;
    },
    show: write,
    beat: () => {
      if (!alive || socket.bufferedAmount > MOST_BUFFERED) {
        socket.terminate();
        return false;
      }
      alive = false;
      socket.ping();
      socket.send("");
      return true;
    },
    close: (code, reason) => socket.close(code, reason),
  };
}
