import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildWeb } from "../../scripts/build-web.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { type Server, startProcess } from "../support/process.ts";
import { until } from "./people.ts";
import { openChat, post, type WebChat, type WebStream } from "./web-chat.ts";

/** A stream finds out by its heartbeat, every 20 s, what it was not told: what is there in half of that, it was told. */
const SOON = 10_000;

const EMERGENCY = "he collapsed and is not breathing";
const HELP = /emergency help now.*(999|112)/;
/** What could not be kept has no number. */
const keptIds = ({ activities }: WebStream) => activities.map(({ id }) => id).filter((id) => /\|\d{7}$/.test(id));

/** A connection that broke may be found out only by its next use. */
async function sayUntilKept({ say }: WebChat, server: Server, text: string): Promise<void> {
  await until("it is kept", SOON, async () => (await say(server, text)).unkept.length === 0);
}

/** Words that no part of the program would say by itself. */
const SAID = ["zanzibar-calf-cramp", "quetzalcoatl", "my neighbour Philippa"];

describe("two servers on one PostgreSQL", () => {
  let database: Postgres;
  let folder: string;
  let first: Server;
  let second: Server;
  let url: string;
  const secret = "a-secret-of-the-tests-that-is-long-enough";
  const start = () => startProcess({ DATABASE_URL: url, DATA_DIR: folder, DIRECT_LINE_SECRET: secret });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "unknot-servers-"));
    database = await startPostgres();
    url = await database.createDatabase("unknot");
    await buildWeb();
    [first, second] = await Promise.all([start(), start()]);
  });
  afterAll(async () => {
    await Promise.all([first.stop("SIGKILL"), second.stop("SIGKILL")]);
    await database.remove();
    rmSync(folder, { recursive: true });
  });

  test("serve one chat: what one is told, the other shows at once, and goes on alone", async () => {
    const chat = await openChat(first);
    const stream = await chat.listen(second);
    await until("the welcome is shown", SOON, () => stream.activities.length > 0);
    expect((await chat.say(first, "my calf is cramping")).status).toBe(200);
    await until("the answer is shown by the other server", SOON, () =>
      stream.activities.some(({ text }) => /Stop now/.test(text)),
    );
    const third = await start();
    expect((await chat.say(third, "none of these")).status).toBe(200);
    expect(await third.stop()).toBe(0);
    await until("the stretch is shown", SOON, () => stream.activities.some(({ text }) => /Pull your toes/.test(text)));
    expect(stream.activities.map(({ id }) => id)).toEqual((await chat.transcript(second)).map(({ id }) => id));
    stream.close();
  });

  test("show what a person says in an outage, and the fixed text, to whoever is there or comes back", async () => {
    const chat = await openChat(first);
    const [stream, other] = [await chat.listen(first), await openChat(second)];
    const left = await other.listen(second);
    await until("the welcomes are shown", SOON, () => stream.activities.length > 0 && left.activities.length > 0);
    left.close();
    const shown = ({ activities }: WebStream) => activities.map(({ text }) => text).join("\n");
    await database.stop();
    let back: WebStream;
    try {
      await until("it is not ready", SOON, async () => !(await first.ready()));
      expect((await chat.say(first, "my calf is cramping")).status).toBe(200);
      expect((await chat.say(first, EMERGENCY)).status).toBe(200);
      await until("the fixed text is shown", SOON, () => /Something went wrong/.test(shown(stream)));
      await until("the emergency answer is shown", SOON, () => HELP.test(shown(stream)));
      // Their stream was cut, and what they say reaches now one server, now the other.
      back = await other.listen(second, left.watermark());
      expect((await other.say(second, EMERGENCY)).status).toBe(200);
      await until("the emergency answer is shown on the new stream", SOON, () => HELP.test(shown(back)));
      const { status, unkept } = await other.say(first, EMERGENCY);
      expect([status, unkept.map(({ text }) => text).join("\n")]).toEqual([200, expect.stringMatching(HELP)]);
    } finally {
      // Whatever failed, the next tests need it.
      await database.start();
    }
    await until("both are ready again", SOON, async () => (await first.ready()) && (await second.ready()));
    await sayUntilKept(chat, first, "my calf is cramping");
    await until("the talk goes on", SOON, () => /Stop now/.test(shown(stream)));
    await sayUntilKept(other, first, "my calf is cramping");
    await until("it goes on at the other server as well", SOON, () => /Stop now/.test(shown(back)));
    expect(keptIds(stream)).toEqual((await chat.transcript(second)).map(({ id }) => id));
    expect([...keptIds(left), ...keptIds(back)]).toEqual((await other.transcript(first)).map(({ id }) => id));
    for (const one of [stream, back]) {
      expect(new Set(one.activities.map(({ id }) => id)).size).toBe(one.activities.length);
      expect(one.isOpen()).toBe(true);
      one.close();
    }
  });

  test("hear each other again after their connections were cut", async () => {
    const chat = await openChat(first);
    const stream = await chat.listen(second);
    const client = new pg.Client(url);
    await client.connect();
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'unknot'");
    await client.end();
    await sayUntilKept(chat, first, "my calf is cramping");
    await until("the answer is shown", SOON, () => stream.activities.some(({ text }) => /Stop now/.test(text)));
    stream.close();
  });

  test("keep no word of a person in any log, and none anywhere after forget-me", async () => {
    const chat = await openChat(first);
    for (const words of SAID) await chat.say(first, `${words} hurts, my calf is cramping`);
    const client = new pg.Client(url);
    await client.connect();
    const everything = async (): Promise<string> => {
      const { rows } = await client.query<{ name: string }>(
        "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'unknot'",
      );
      const dumps = rows.map(({ name }) => `(select coalesce(json_agg(t), '[]')::text from ${name} t)`);
      return String((await client.query(`select ${dumps.join(" || ")} as dump`)).rows[0]?.dump);
    };
    const before = await everything();
    expect(SAID.filter((words) => !before.includes(words))).toEqual([]);

    await chat.say(second, "forget me");
    await chat.say(second, "yes");
    const left = await everything();
    expect(SAID.filter((words) => left.includes(words))).toEqual([]);
    expect(left).not.toContain(chat.resume);
    const rows = await client.query("select state, address from unknot.conversations where id = $1", [
      `web:${chat.conversation}`,
    ]);
    expect(rows.rows).toEqual([{ state: null, address: "" }]);
    const timers = await client.query("select from unknot.timers where conversation = $1", [`web:${chat.conversation}`]);
    expect(timers.rowCount).toBe(0);
    await client.end();
    expect((await post(`${first.url}/chat/token`, { resume: chat.resume }, null)).status).toBe(403);
    const shown = (await chat.transcript(second)).map(({ text }) => text);
    expect(shown).toEqual([expect.stringMatching(/deleted/)]);

    const logs = first.output() + second.output();
    expect(logs).toContain('"event":"turn"');
    expect([...SAID, "cramping", "collapsed", chat.token, chat.resume].filter((words) => logs.includes(words))).toEqual([]);
  });
});

describe("a server on SQLite", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "unknot-server-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("goes on where it was after kill -9, and stops in good order", async () => {
    const first = await startProcess({ DATA_DIR: folder });
    const chat = await openChat(first);
    await chat.say(first, "my calf is cramping");
    await first.stop("SIGKILL");
    const second = await startProcess({ DATA_DIR: folder });
    expect((await chat.say(second, "none of these")).status).toBe(200);
    const texts = (await chat.transcript(second)).map(({ text }) => text);
    expect(texts.filter((text) => text === "my calf is cramping")).toHaveLength(1);
    expect(texts.some((text) => /Pull your toes/.test(text))).toBe(true);
    expect(await second.stop()).toBe(0);
  });
});
