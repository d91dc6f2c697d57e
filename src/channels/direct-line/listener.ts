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

interface Stream {
  readonly socket: WebSocket;
  /** The lines after a number, a page at a time. */
  readonly transcript: (after: number) => Promise<readonly Line[]>;
  /** Number of the last line that the client has. */
  sent: number;
  /** It answered the last ping. */
  alive: boolean;
  /** Answers in flight are waited for, so that lines keep their order. */
  tail: Promise<void>;
}

/**
 * @param after the number of the last line that the client has
 * @param transcript the lines after a number, a page at a time
 */
export function createListener(socket: WebSocket, after: number, transcript: Stream["transcript"]): Listener {
  const stream: Stream = { socket, transcript, sent: after, alive: true, tail: Promise.resolve() };
  socket.on("pong", () => {
    stream.alive = true;
  });

  return {
    publish: (lines) => queue(stream, () => sendInOrder(stream, lines)),
    catchUp: () => queue(stream, () => readOn(stream)),
    begin: () => {
      stream.tail = readOn(stream);
      return stream.tail;
    },
    show: (lines) => write(stream, lines),
    beat: () => beat(stream),
    close: (code, reason) => socket.close(code, reason),
  };
}

/** Takes the next job of the stream. One that fails closes it, so that its client connects again and catches up. */
async function queue(stream: Stream, job: () => Promise<void>): Promise<void> {
  stream.tail = stream.tail.then(job).catch(() => stream.socket.close(TRY_AGAIN, "try again"));
  await stream.tail;
}

async function sendInOrder(stream: Stream, lines: readonly Line[]): Promise<void> {
  const first = lines[0];
  if (first !== undefined && first.sequence > stream.sent + 1) await readOn(stream);
  else send(stream, lines);
}

async function readOn(stream: Stream): Promise<void> {
  for (;;) {
    const before = stream.sent;
    send(stream, await stream.transcript(before));
    if (stream.sent === before) return;
  }
}

function send(stream: Stream, lines: readonly Line[]): void {
  const fresh = lines.filter(({ sequence }) => sequence > stream.sent);
  const last = fresh.at(-1);
  if (last === undefined) return;
  stream.sent = last.sequence;
  write(
    stream,
    fresh.map(({ json }) => json),
  );
}

function write({ socket, sent }: Stream, lines: readonly string[]): void {
  socket.send(`{"activities":[${lines.join(",")}],"watermark":"${sent}"}`);
}

function beat(stream: Stream): boolean {
  const { socket } = stream;
  if (!stream.alive || socket.bufferedAmount > MOST_BUFFERED) {
    socket.terminate();
    return false;
  }
  stream.alive = false;
  socket.ping();
  // A browser answers pings and tells its page nothing of them: an empty frame is what the page sees of the line.
  socket.send("");
  return true;
}
