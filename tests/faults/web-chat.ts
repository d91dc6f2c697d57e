import { WebSocket } from "ws";
import type { Server } from "../support/process.ts";

export interface WebActivity {
  readonly id: string;
  readonly text: string;
  readonly from: { readonly role: "user" | "bot" };
  readonly entities?: readonly { readonly step?: string }[];
}

const TRY_AGAIN = 1013;

/** A web chat as a client of Direct Line sees it. */
export interface WebChat {
  readonly conversation: string;
  readonly token: string;
  readonly resume: string;
  say(server: Server, text: string): Promise<number>;
  /** Opens the stream at a server; what arrives is gathered. */
  listen(server: Server): Promise<{ activities: WebActivity[]; close: () => void }>;
  transcript(server: Server): Promise<WebActivity[]>;
}

export async function openChat(server: Server): Promise<WebChat> {
  const answer = await post(`${server.url}/chat/token`, {}, null);
  const { token, conversationId, resume } = (await answer.json()) as Record<"token" | "conversationId" | "resume", string>;
  const at = (one: Server) => `${one.url}/v3/directline/conversations/${conversationId}`;
  const headers = { Authorization: `Bearer ${token}` };
  let count = 0;
  return {
    conversation: conversationId,
    token,
    resume,
    say: async (one, text) => {
      const channelData = { clientActivityID: `${conversationId}-${count++}` };
      return (await post(`${at(one)}/activities`, { type: "message", text, locale: "en-GB", channelData }, token)).status;
    },
    listen: async (one) => {
      const activities: WebActivity[] = [];
      let watermark = "0";
      let socket: WebSocket | null = null;
      const open = async (): Promise<void> => {
        const answer = await fetch(`${at(one)}?watermark=${watermark}`, { headers });
        const { streamUrl } = (await answer.json()) as { streamUrl: string };
        const fresh = new WebSocket(streamUrl);
        socket = fresh;
        fresh.on("message", (data) => {
          const text = String(data);
          if (text === "") return;
          const set = JSON.parse(text) as { activities: WebActivity[]; watermark: string };
          activities.push(...set.activities);
          watermark = set.watermark;
        });
        // A server that could not read the transcript asks its clients to come again.
        fresh.on("close", (code) => {
          if (code === TRY_AGAIN) void open();
        });
        await new Promise((resolve, reject) => fresh.once("open", resolve).once("error", reject));
      };
      await open();
      return { activities, close: () => socket?.close() };
    },
    transcript: async (one) => {
      const answer = await fetch(`${at(one)}/activities?watermark=0`, { headers });
      return ((await answer.json()) as { activities: WebActivity[] }).activities;
    },
  };
}

export async function post(url: string, body: unknown, token: string | null): Promise<Response> {
  const authorization = token === null ? {} : { Authorization: `Bearer ${token}` };
  return await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...authorization },
    body: JSON.stringify(body),
  });
}
