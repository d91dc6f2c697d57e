import { beforeEach, describe, expect, it } from "vitest";
import { type ChatStore, createChatStore } from "../../web/chat-state.ts";
import { openOutbox, type Pending } from "../../web/outbox.ts";
import { createSession, type Session } from "../../web/session.ts";
import { memoryShelf } from "../support/memory-shelf.ts";

/** The server's clock is this far ahead. */
const AHEAD = 60_000;
const WRITTEN = 1_000_000;

let session: Session;
let store: ChatStore;

beforeEach(() => {
  const shelf = memoryShelf();
  shelf.write(JSON.stringify({ conversation: "c", token: "t", resume: "r" }));
  session = createSession({
    endpoint: "",
    shelf,
    setting: () => ({ locale: "en-GB", localTimezone: "Europe/London" }),
    locked: async (work) => await work(),
    now: () => 0,
  });
  store = createChatStore({ session, outbox: openOutbox(memoryShelf(), 0), changed: () => {} });
});

const help: Pending = { clientId: "help", text: "help", value: null, at: WRITTEN, state: "sent" };

/** The message as the server gives it back, stamped so long after it was written. */
const echo = (after: number, clientId = help.clientId) => ({
  type: "message",
  id: "c|0000002",
  from: { role: "user" },
  text: "help",
  timestamp: new Date(WRITTEN + AHEAD + after).toISOString(),
  channelData: { clientActivityID: clientId },
});

describe("how far the server's clock is ahead", () => {
  it("is told by the answer to a message, however late its echo comes", () => {
    store.answered(help, WRITTEN + 200);
    expect(store.state.offset).toBe(0);
    store.take([echo(100)]);
    expect(store.state.offset).toBe(AHEAD);
    expect(session.saved?.offset).toBe(AHEAD);
  });

  it("is told as well when the echo comes before the answer", () => {
    store.take([echo(100)]);
    expect(store.state.offset).toBe(0);
    store.answered(help, WRITTEN + 200);
    expect(store.state.offset).toBe(AHEAD);
    expect(session.saved?.offset).toBe(AHEAD);
  });

  it("is not told by what another tab has sent", () => {
    store.answered(help, WRITTEN + 200);
    store.take([echo(100, "of another tab")]);
    expect(session.saved?.offset).toBe(null);
  });

  it("stays as it is when the answer came only to a later try", () => {
    session.note({ offset: AHEAD });
    store.take([echo(100)]);
    store.answered(help, WRITTEN + 90_000);
    expect(store.state.offset).toBe(AHEAD);
  });
});
