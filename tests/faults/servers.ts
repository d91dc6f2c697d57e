import { WebSocket } from "ws";
import type { Server } from "../support/process.ts";

export interface WebActivity {
  readonly id: string;
  readonly text: string;
  readonly from: { readonly role: "user" | "bot" };
  readonly entities?: readonly { readonly step?: string }[];
}

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
      const known = (await (await fetch(`${at(one)}?watermark=0`, { headers })).json()) as { streamUrl: string };
      const socket = new WebSocket(known.streamUrl);
      const activities: WebActivity[] = [];
      socket.on("message", (data) => {
        const text = String(data);
        if (text !== "") activities.push(...(JSON.parse(text) as { activities: WebActivity[] }).activities);
      });
      await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
      return { activities, close: () => socket.close() };
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
