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
  /** @returns the status, and what could not be kept and so came with the answer */
  say(server: Server, text: string): Promise<{ status: number; unkept: readonly WebActivity[] }>;
  /** Opens the stream at a server for what follows the watermark; what arrives is gathered. */
  listen(server: Server, watermark?: string): Promise<WebStream>;
  transcript(server: Server): Promise<WebActivity[]>;
}

export interface WebStream {
  readonly activities: readonly WebActivity[];
  readonly watermark: () => string;
  /** A server in order has no reason to close it. */
  readonly isOpen: () => boolean;
  readonly close: () => void;
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
      const answer = await post(`${at(one)}/activities`, { type: "message", text, locale: "en-GB", channelData }, token);
      const { activities = [] } = (await answer.json()) as { activities?: WebActivity[] };
      return { status: answer.status, unkept: activities };
    },
    listen: async (one, from = "0") => {
      const answer = await fetch(`${at(one)}?watermark=${from}`, { headers });
      return await follow(((await answer.json()) as { streamUrl: string }).streamUrl, from);
    },
    transcript: async (one) => {
      const answer = await fetch(`${at(one)}/activities?watermark=0`, { headers });
      return ((await answer.json()) as { activities: WebActivity[] }).activities;
    },
  };
}

async function follow(streamUrl: string, from: string): Promise<WebStream> {
  const activities: WebActivity[] = [];
  let watermark = from;
  const socket = new WebSocket(streamUrl);
  socket.on("message", (data) => {
    const text = String(data);
    if (text === "") return;
    const set = JSON.parse(text) as { activities: WebActivity[]; watermark: string };
    activities.push(...set.activities);
    watermark = set.watermark;
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const isOpen = () => socket.readyState === WebSocket.OPEN;
  return { activities, watermark: () => watermark, isOpen, close: () => socket.close() };
}

export async function post(url: string, body: unknown, token: string | null): Promise<Response> {
  const authorization = token === null ? {} : { Authorization: `Bearer ${token}` };
  return await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...authorization },
    body: JSON.stringify(body),
  });
}
