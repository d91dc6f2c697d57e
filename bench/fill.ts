import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { newConversation, newEpisode } from "../dialogs/conversation.ts";
import { DATABASE_FILE } from "../src/store/sqlite.ts";

const DAY = 86_400_000;

/** What is there of somebody who was here some days ago: the state, without words, which have expired. */
function state(): string {
  const at = Date.now() - 3 * DAY;
  const episode = { ...newEpisode(1, at), area: "calf", ended: true, done: ["stop-activity", "rest", "wrap-up"] };
  return JSON.stringify({ ...newConversation(), turns: 9, welcomed: true, lastAt: at, episode });
}

const ADDRESS = JSON.stringify({
  setting: { locale: "en-GB", timeZone: null, scope: "personal", reach: "open" },
  reference: null,
});

/** Puts conversations into the file of an open store, their keys as load.ts asks for them. */
export function fillSqlite(folder: string, count: number): void {
  const database = new DatabaseSync(join(folder, DATABASE_FILE));
  database.exec("pragma synchronous = off");
  database
    .prepare(
      `with recursive n (i) as (select 0 union all select i + 1 from n where i < ?1 - 1)
       insert into conversations (id, version, sequence, state, channel, address, at, day, claimed)
       select printf('bench:%09d', i), 9, 20, ?2, 'web', ?3, ?4, ?4 / ${DAY}, 0 from n`,
    )
    .run(count, state(), ADDRESS, Date.now() - 3 * DAY);
  database.exec("pragma wal_checkpoint(truncate)");
  database.close();
}

/** The same in a database whose schema is there. */
export async function fillPostgres(url: string, count: number): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(
    `insert into unknot.conversations (id, version, sequence, state, channel, address, at, day, claimed)
     select 'bench:' || lpad(i::text, 9, '0'), 9, 20, $2, 'web', $3, $4, $4::bigint / ${DAY}, 0 from generate_series(0, $1::int - 1) i`,
    [count, state(), ADDRESS, Date.now() - 3 * DAY],
  );
  await client.query("vacuum analyze unknot.conversations");
  await client.query("checkpoint");
  await client.end();
}
