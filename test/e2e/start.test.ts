import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@ripen/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf } from '../helpers/api.ts';
import { booksOf, booksOfLines, expectSameBooks } from '../helpers/books.ts';
import { repo, ripenWell } from '../helpers/cli.ts';
import { dataDir, hasData } from '../helpers/data.ts';
import { startProduct, temporaryHome, type PartName, type Product } from '../helpers/product.ts';
import { settled } from '../helpers/settled.ts';

const { path: home, remove } = temporaryHome();
const work = mkdtempSync(join(tmpdir(), 'ripen-start-'));
const example = join(repo, 'shared/examples/b2b-saas');
/** All 131,572 events where `RIPEN_DATA=full`; else the first rows of the long files. */
const full = process.env['RIPEN_DATA'] === 'full';
const rowsOfSlice = 1_500;

let product: Product;
let pool: ReturnType<typeof createPool>;
let server: Record<string, string>;

const connect = (): void => {
  pool = createPool({ databaseUrl: product.databaseUrl, max: 2 });
  server = { RIPEN_URL: product.url, RIPEN_KEY: product.keys.apiKey, RIPEN_HOME: home };
};

/** What happens over time is in the long files; the others say who is who. */
const slicedData = (): string => {
  const whole = join(dataDir, 'b2b-saas');
  if (full) return whole;
  const dir = join(work, 'data');
  mkdirSync(dir);
  for (const name of readdirSync(whole)) {
    const lines = readFileSync(join(whole, name), 'utf8').split('\n');
    const long = ['touches.csv', 'sessions.csv', 'sales_activities.csv'].includes(name);
    writeFileSync(join(dir, name), (long ? lines.slice(0, rowsOfSlice + 1) : lines).join('\n'));
  }
  return dir;
};

describe.skipIf(!hasData('b2b-saas'))('from nothing to leads', () => {
  beforeAll(async () => {
    product = await startProduct(home);
    connect();
  }, 240_000);
  afterAll(async () => {
    if (!pool.ended) await pool.end();
    await product.stop();
    await remove();
    rmSync(work, { recursive: true, force: true });
  });

  test('a market of real size goes in by the command line and makes stages and leads, as simulated', async () => {
    const dir = slicedData();
    const definitions = join(example, 'definitions');
    const mapping = ['--mapping', join(example, 'mapping.json'), '--dir', dir];
    await ripenWell(['apply', definitions], server);
    const from = performance.now();
    const { stderr } = await ripenWell(['import', ...mapping, '--checkpoint', join(work, 'checkpoint.json')], server);
    await settled(pool, Date.now(), 240_000);
    const seconds = (performance.now() - from) / 1_000;
    const { rows } = await pool.query<{ events: number; contacts: number; staged: number; leads: number }>(
      `select (select count(*) from events where type not like 'ripen.%')::int as events, count(*)::int as contacts,
         count(stage)::int as staged, (select count(*) from leads)::int as leads from contacts where merged_into is null`,
    );
    const [found] = rows;
    console.log(`b2b-saas: ${JSON.stringify(found)} in ${seconds.toFixed(1)} s. ${stderr.trim().split('\n').at(-1)}`);
    expect(found?.staged).toBeGreaterThan(full ? 2_000 : 100);
    expect(found?.leads).toBeGreaterThan(full ? 1_000 : 30);
    if (full) expect(found?.events).toBeGreaterThanOrEqual(131_572);
    expect((await pool.query('select 1 from dead_letters')).rowCount).toBe(0);

    const events = join(work, 'events.jsonl');
    const out = join(work, 'simulated.jsonl');
    await ripenWell(['import', ...mapping, '--out', events]);
    await ripenWell([
      'simulate',
      '-d',
      definitions,
      '-e',
      events,
      '--load',
      '--until',
      new Date().toISOString(),
      '--only',
      'entry,move',
      '-o',
      out,
    ]);
    expectSameBooks(await booksOf(pool), booksOfLines(readFileSync(out, 'utf8')), 'Imported and simulated');
  }, 900_000);

  test('killed hard, all of it, and started again: nothing is lost, and it takes less than 15 seconds', async () => {
    const before = await booksOf(pool);
    const leadsBefore = await pool.query('select id, rep, status from leads order by id');
    await pool.end();
    const pids = (['API', 'Worker', 'Temporal', 'Postgres'] satisfies PartName[]).map((part) => product.pid(part));
    await product.killSupervisor();
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // The API and the worker end by themselves when their supervisor is gone.
      }
    }
    const from = performance.now();
    product = await startProduct(home);
    const seconds = (performance.now() - from) / 1_000;
    connect();
    console.log(`The second start took ${seconds.toFixed(1)} s.`);
    expect(seconds).toBeLessThan(15);
    expectSameBooks(await booksOf(pool), before, 'Before and after a hard kill');
    expect((await pool.query('select id, rep, status from leads order by id')).rows).toEqual(leadsBefore.rows);
    const api = clientOf(product.url, product.keys);
    await api.send([
      { type: 'track', event: 'Pricing page viewed', userId: 'somebody-new', messageId: 'after-the-kill' },
    ]);
    await settled(pool, Date.now());
    expect((await api.get<{ id: string }>('/api/contacts/look-up?userId=somebody-new')).id).toMatch(/^[0-9a-f-]{36}$/);
  });
});
