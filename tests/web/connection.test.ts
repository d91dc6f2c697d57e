import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refused } from "../../web/call.ts";
import { keepConnected } from "../../web/connection.ts";
import type { Closing } from "../../web/socket.ts";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});

afterEach(() => {
  vi.restoreAllMocks();
});

type Try = Closing | Error;

const UNKNOWN = new Refused(404, "ConversationNotFound");

/** What the connection does when its sockets end as told, one after the other; it is stopped when there are no more. */
async function kept(tries: readonly Try[], { poll }: { poll?: Error } = {}): Promise<readonly (string | number)[]> {
  const done: (string | number)[] = [];
  const left = [...tries];
  const stopping = new AbortController();
  await keepConnected(
    {
      listen: async () => {
        done.push("listen");
        const next = left.shift() ?? "lost";
        if (left.length === 0) stopping.abort();
        if (next instanceof Error) throw next;
        return next;
      },
      poll: async () => {
        done.push("poll");
        if (poll !== undefined) throw poll;
      },
      wait: async (milliseconds) => done.push(milliseconds),
      changed: (connection) => done.push(connection),
      ended: async () => {
        done.push("ended");
        throw new Error("no network");
      },
    },
    stopping.signal,
  );
  return done;
}

const waits = (done: readonly (string | number)[]) => done.filter((one) => typeof one === "number");

describe("the connection", () => {
  it("waits longer from failure to failure, and never longer than a quarter of a minute", async () => {
    expect(waits(await kept(Array.from({ length: 8 }, () => new TypeError("no network"))))).toEqual([
      500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000,
    ]);
  });

  it("begins again with short waits after a socket that was open", async () => {
    const offline = new TypeError("no network");
    expect(waits(await kept([offline, offline, "lost", offline, "lost"]))).toEqual([500, 1000, 500, 1000, 500]);
  });

  it("says that it is offline when the server cannot be reached, and connecting when a line was lost", async () => {
    expect(await kept(["lost", new TypeError("no network"), "lost"])).toEqual([
      ...["listen", "connecting", 500],
      ...["listen", "offline", 1000],
      ...["listen", "connecting", 500],
    ]);
  });

  it("polls at once when another tab has the socket, and tries a socket again after that", async () => {
    expect(await kept(["superseded", "lost"])).toEqual(["listen", "poll", "listen", "connecting", 500]);
  });

  it("polls when a socket would not open twice, and each time after that, until one opens", async () => {
    const done = await kept(["unopened", "unopened", "unopened", "lost", "unopened", "lost"]);
    expect(done.filter((one) => one === "listen" || one === "poll")).toEqual(
      "listen listen poll listen poll listen listen listen".split(" "),
    );
  });

  it("is offline when polling fails as well", async () => {
    expect(await kept(["superseded", "lost"], { poll: new TypeError("no network") })).toEqual([
      ...["listen", "poll", "offline", 500],
      ...["listen", "connecting", 500],
    ]);
  });

  it("reports a conversation that the server does not know, and goes on when no other could be begun", async () => {
    expect(await kept([UNKNOWN, "lost"])).toEqual(["listen", "ended", "offline", 500, "listen", "connecting", 500]);
    expect(await kept([new Refused(503, null), "lost"])).not.toContain("ended");
  });

  it("does not take the 404 of a proxy for the word of the server", async () => {
    expect(await kept([new Refused(404, null), "lost"])).not.toContain("ended");
    expect(await kept([new Refused(404, "NotFound"), "lost"])).not.toContain("ended");
  });

  it("begins no other conversation once it is stopped", async () => {
    expect(await kept([UNKNOWN])).not.toContain("ended");
  });
});
