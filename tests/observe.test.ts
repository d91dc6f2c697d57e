import { describe, expect, it } from "vitest";
import { createObservation } from "../src/observe.ts";
import { withRequestId } from "../src/request-id.ts";

const open = () => {
  const lines: string[] = [];
  const observation = createObservation("debug", { write: (line) => void lines.push(line) });
  return { ...observation, lines, last: () => JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown> };
};

describe("a log line", () => {
  it("has the id of the request, and of the trace that its caller follows", () => {
    const { log, last } = open();
    withRequestId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", (id) => {
      log.info({ event: "x" });
      expect(last()).toMatchObject({ request: id, trace: "0af7651916cd43dd8448eb211c80319c", event: "x" });
    });
    log.info({ event: "y" });
    expect(last()).not.toHaveProperty("request");
  });

  it.each([
    ["words", { text: "my calf hurts zebra" }],
    ["words inside", { activity: { text: "zebra", spoken: "zebra" } }],
    ["words further inside", { call: { activity: { text: "zebra", body: { a: "zebra" } } } }],
    ["headers", { request: { headers: { authorization: "Bearer zebra", cookie: "zebra" } } }],
    ["secrets", { config: { secret: "zebra", password: "zebra" }, token: "zebra", connectionString: "postgres://zebra" }],
    ["an error's message", { err: { message: "zebra", stack: "Error: zebra" } }],
    ["where somebody can be reached", { person: { reference: "zebra" } }],
  ])("keeps no %s, should they come along", (_, fields) => {
    const { log, lines } = open();
    log.error({ event: "x", ...fields });
    expect(lines.join()).toContain('"event":"x"');
    expect(lines.join()).not.toContain("zebra");
  });

  it("names an error by its type, code and place", () => {
    const { failure, last } = open();
    failure("store", Object.assign(new RangeError("zebra"), { code: "SQLITE_FULL" }));
    expect(last()).toMatchObject({ event: "failure", where: "store", error: { name: "RangeError", code: "SQLITE_FULL" } });
    expect(JSON.stringify(last())).toMatch(/observe\.test\.ts/);
    expect(JSON.stringify(last())).not.toContain("zebra");
  });

  it("of a turn holds ids and levels", () => {
    const { turn, last } = open();
    const seen = {
      channel: "web",
      kind: "message",
      intent: "report-spasm",
      steps: ["stretch"],
      disposition: "self-care",
    } as const;
    turn({ ...seen, escalated: false, repeated: false, milliseconds: 1.23456 });
    expect(last()).toMatchObject({ event: "turn", ...seen, milliseconds: 1.235 });
  });
});
