/**
 * How a socket came to its end. unopened: it was never open · superseded: a later socket of the same conversation took its
 * place · lost: anything else.
 */
export type Closing = "unopened" | "superseded" | "lost";

export interface SocketParts {
  readonly opened: () => void;
  readonly received: (data: unknown) => void;
}

export interface Socket {
  readonly closed: Promise<Closing>;
  close(): void;
  /** Closes it where it has been silent for so long that it may be dead. */
  probe(): void;
}

/** The server sends an empty frame every 20 seconds: silence for longer means that the line is dead. */
const SILENCE = 50_000;
const LOOK = 5_000;
/** The close code of "policy violation": how Direct Line says that another socket has come. */
const COLLISION = 1008;

/** Opens a WebSocket that brings JSON, and closes it once nothing is heard any more: a dead line closes by itself only late. */
export function openSocket(address: string, { opened, received }: SocketParts): Socket {
  const socket = new WebSocket(address);
  let wasOpen = false;
  let lastHeard = Date.now();

  const closeAfter = (silence: number): void => {
    if (Date.now() - lastHeard > silence) socket.close();
  };
  const watch = setInterval(() => closeAfter(SILENCE), LOOK);

  socket.onopen = () => {
    wasOpen = true;
    opened();
  };
  socket.onmessage = ({ data }) => {
    lastHeard = Date.now();
    if (typeof data === "string" && data !== "") received(JSON.parse(data));
  };
  const closed = new Promise<Closing>((resolve) => {
    socket.onclose = ({ code }) => {
      clearInterval(watch);
      if (!wasOpen) resolve("unopened");
      else resolve(code === COLLISION ? "superseded" : "lost");
    };
  });
  return { closed, close: () => socket.close(), probe: () => closeAfter(SILENCE / 2) };
}
