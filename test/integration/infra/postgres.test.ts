import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removePostgres, startPostgres } from '@ripen/infra';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined); // The server is killed under it.
  await client.connect();
  const { rows } = await client.query<Row>(sql);
  await client.end();
  return rows;
}

test('what was committed is there after the server was killed, on the same port and by the same address', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-postgres-'));
  onTestFinished(() => removePostgres(dir));
  const first = await startPostgres({ dir });
  await query(first.url, 'create table kept as select generate_series(1, 1000) as n');
  process.kill(first.pid, 'SIGKILL');
  await first.exited;

  const second = await startPostgres({ dir });
  onTestFinished(() => second.stop());
  expect(second.url).toBe(first.url);
  expect(await query(second.url, 'select count(*)::int as n from kept')).toEqual([{ n: 1000 }]);
});

test('a stack runs on settings that lose nothing', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-postgres-'));
  onTestFinished(() => removePostgres(dir));
  const server = await startPostgres({ dir });
  onTestFinished(() => server.stop());
  const rows = await query<{ name: string; setting: string }>(
    server.url,
    `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes') order by name`,
  );
  expect(rows.map(({ name, setting }) => `${name} ${setting}`)).toEqual([
    'fsync on',
    'full_page_writes on',
    'synchronous_commit on',
  ]);
});
