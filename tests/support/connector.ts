import { createServer, type IncomingMessage, type Server } from "node:http";
import { bodyOf, listening } from "./loopback.ts";

/** A message that the bot posted to the channel. */
export interface Posted {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: PostedActivity;
}

export interface PostedActivity {
  readonly type: string;
  readonly text?: string;
  readonly speak?: string;
  readonly inputHint?: string;
  readonly replyToId?: string;
  readonly attachments?: { contentType: string; content: Record<string, unknown> }[];
  readonly suggestedActions?: { actions: { type: string; title: string; value: unknown }[] };
  readonly entities?: Record<string, unknown>[];
  readonly name?: string;
  readonly value?: unknown;
  readonly summary?: string;
  /** What begins a conversation carries its first message. */
  readonly activity?: PostedActivity;
  readonly channelData?: unknown;
}

export interface Refusal {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The other end of a channel: takes what the bot posts, over real HTTP, and refuses when told to. */
export interface Connector {
  readonly serviceUrl: string;
  readonly posted: Posted[];
  /** Texts of the messages that it took. */
  readonly texts: () => (string | undefined)[];
  /** The next call is answered so; several are answered in turn. */
  refuse(...refusals: readonly Refusal[]): void;
  /** What it tells of a person; nothing unless set. */
  member: Readonly<Record<string, unknown>>;
  /** Called before each answer. */
  onPost: (posted: Posted) => Promise<void> | void;
  close(): Promise<void>;
}

export async function startConnector(): Promise<Connector> {
  const posted: Posted[] = [];
  const refusals: Refusal[] = [];
  const taken: PostedActivity[] = [];
  const server: Server = createServer(async (request, response) => {
    const text = await bodyOf(request);
    const body = (text === "" ? {} : JSON.parse(text)) as PostedActivity;
    const call = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body };
    posted.push(call);
    await connector.onPost(call);
    const refusal = refusals.shift();
    if (refusal === undefined) taken.push(body);
    const found = request.method === "GET" ? connector.member : { id: `sent-${posted.length}` };
    const answer = refusal?.body ?? found;
    response.writeHead(refusal?.status ?? 200, { "Content-Type": "application/json", ...refusal?.headers });
    response.end(JSON.stringify(answer));
  });
  const url = await listening(server);
  const connector: Connector = {
    serviceUrl: `${url}/`,
    posted,
    texts: () => taken.filter(({ type }) => type === "message").map(({ text }) => text),
    refuse: (...more) => {
      refusals.push(...more);
    },
    member: {},
    onPost: () => {},
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return connector;
}
