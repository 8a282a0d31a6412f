import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@ripen/engine';
import {
  definitionSchema,
  definitionsOf,
  type BandResults,
  type Definition,
  type Distribution,
  type Grid,
  type Impact,
  type Lifecycle,
  type LifecyclePreview,
  type MaintenanceProgram,
  type ScoreModel,
  type Segment,
} from '@ripen/shared';
import { waitUntil } from '@ripen/infra';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { booksOf, expectSameBooks } from '../helpers/books.ts';
import { ripen, ripenWell } from '../helpers/cli.ts';
import { startProduct, temporaryHome, type Product } from '../helpers/product.ts';
import { settled } from '../helpers/settled.ts';
import { recordedArrivals } from '../helpers/workspace.ts';
import { simulate } from '../law/support/simulate.ts';

/** A small part of what people load, enough for leads in every state, and for a load that takes longer than a command that cancels it. */
const contacts = 900;

const { path: home, remove } = temporaryHome();
let product: Product;
let pool: ReturnType<typeof createPool>;
let server: Record<string, string>;

beforeAll(async () => {
  product = await startProduct(home);
  pool = createPool({ databaseUrl: product.databaseUrl, max: 2 });
  server = { RIPEN_URL: product.url, RIPEN_KEY: product.keys.apiKey, RIPEN_HOME: home };
}, 180_000);

afterAll(async () => {
  await pool.end();
  await product.stop();
  await remove();
});

interface Sample {
  offered: boolean;
  unfinished: boolean;
  job: { status: string; done: number; total: number } | null;
}

const ask = async (path: string, init: RequestInit = {}): Promise<{ status: number; body: unknown }> => {
  const headers = { authorization: `Bearer ${product.keys.apiKey}`, 'content-type': 'application/json' };
  const response = await fetch(`${product.url}${path}`, { ...init, headers });
  return { status: response.status, body: await response.json() };
};
const state = async (): Promise<Sample> => (await ask('/api/sample')).body as Sample; // Checked against its schema by the server.
const counted = async (query: string): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await pool.query<{ name: string; count: number }>(query)).rows.map(({ name, count }) => [name, Number(count)]),
  );

test('an empty workspace is offered the sample, and the command loads it; one that was cancelled goes on', async () => {
  expect(await state()).toEqual({ offered: true, unfinished: false, job: null });
  const loading = ripen(['sample', '--contacts', String(contacts)], server);
  await waitUntil({
    what: 'The first of its events',
    timeoutMs: 60_000,
    until: async () => ((await state()).job?.done ?? 0) > 0,
  });
  await ripenWell(['sample', '--cancel'], server);
  expect(await loading).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('The load was cancelled.') as string,
  });
  const stopped = await state();
  expect(stopped).toMatchObject({ offered: true, unfinished: true, job: { status: 'cancelled' } });
  expect(stopped.job?.done).toBeLessThan(stopped.job?.total ?? 0);
  const { stderr } = await ripenWell(['sample'], server);
  expect(stderr).toMatch(/Going on after [\d,]+ events?\.\nThe sample workspace is there: /);
  const { offered, job } = await state();
  expect(offered).toBe(false);
  expect(job).toMatchObject({ status: 'completed', done: job?.total });
});

test('it is refused where there are contacts', async () => {
  const again = await ask('/api/sample', { method: 'POST', body: '{}' });
  expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect(JSON.stringify(again.body)).toContain('The workspace has contacts');
  const { code, stderr } = await ripen(['sample'], server);
  expect([code, stderr]).toEqual([1, expect.stringContaining('The workspace has contacts')]);
});

test('every screen has something to show', async () => {
  await settled(pool, Date.now(), 60_000);
  const leads = await counted('select status as name, count(*) from leads group by 1');
  for (const status of ['open', 'accepted', 'rejected', 'won', 'lost']) expect(leads, status).toHaveProperty(status);
  expect(await counted("select 'held' as name, count(*) from leads where held")).toEqual({ held: 0 });
  const told = await pool.query(
    `select 1 from leads where (status in ('rejected', 'lost') and reason is null) or (status = 'won' and value is null)`,
  );
  expect(told.rowCount).toBe(0);
  const runs = await counted('select status as name, count(*) from runs group by 1');
  for (const status of ['completed', 'waiting', 'failed']) expect(runs, status).toHaveProperty(status);
  const deliveries = await counted('select status as name, count(*) from deliveries group by 1');
  for (const status of ['held', 'delivered', 'failed']) expect(deliveries, status).toHaveProperty(status);
  const stages = await counted(`select coalesce(stage, 'none') as name, count(*) from contacts group by 1`);
  for (const stage of ['none', 'prospect', 'lead', 'mql']) expect(stages, stage).toHaveProperty(stage);
  expect((await pool.query('select 1 from dead_letters')).rowCount).toBe(0);
});

test('its ledger is the one that the simulator writes from the same arrivals', async () => {
  const { rows } = await pool.query<{ document: unknown }>(
    'select document from definitions where to_revision is null',
  );
  const documents = rows.map(({ document }): Definition => definitionSchema.parse(document));
  const until = Date.now();
  await settled(pool, until, 60_000);
  const arrivals = await recordedArrivals(pool);
  // Contacts that merged have their ledger in a later generation, with ids of its own.
  const merged = await pool.query<{ ids: string[] }>(
    'select array[id, merged_into] as ids from contacts where merged_into is not null',
  );
  const apart = new Set(merged.rows.flatMap(({ ids }) => ids));
  const unmerged = (line: string): boolean => !apart.has((JSON.parse(line) as { contact: string }).contact);
  const books = await booksOf(pool);
  const simulated = simulate({
    definitions: definitionsOf(documents),
    messages: (arrivals as { contact: string }[]).filter(({ contact }) => !apart.has(contact)),
    until,
    answers: 'recorded',
  });
  expect(simulated.deadLetters).toEqual([]);
  expect(books.entries.length).toBeGreaterThan(1_000);
  expectSameBooks(
    { entries: books.entries.filter(unmerged), moves: books.moves.filter(unmerged) },
    simulated.books,
    'Loaded and simulated',
  );
});

/** What the commands say of scores, held against the books; each with something that it cannot do. */
describe('by command', () => {
  const model = 'intent-and-fit';
  const work = mkdtempSync(join(tmpdir(), 'ripen-commands-'));
  /** A document of the sample, as `ripen export` wrote it. */
  const exported = <T>(name: string): T => JSON.parse(readFileSync(join(work, 'all', name), 'utf8')) as T;
  let sampleModel: ScoreModel;
  let sampleLifecycle: Lifecycle;
  beforeAll(async () => {
    await ripenWell(['export', '--definitions', join(work, 'all')], server);
    sampleModel = exported('intent-and-fit.model.json');
    sampleLifecycle = exported('lifecycle.json');
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const said = async (...argv: string[]): Promise<string> => (await ripenWell(argv, server)).stdout;
  const told = async <T>(...argv: string[]): Promise<T> => JSON.parse(await said(...argv, '--json')) as T;
  const refused = async (...argv: string[]): Promise<[number | null, string]> => {
    const { code, stdout, stderr } = await ripen(argv, server);
    expect(stdout).toBe('');
    return [code, stderr];
  };
  const unknown = [3, expect.stringContaining('There is no score model in force nowhere')];
  const people = async (): Promise<number> =>
    (await counted(`select 'n' as name, count(*) from contact_cards`))['n'] ?? 0;
  const sum = (counts: readonly { count: number }[]): number => counts.reduce((all, { count }) => all + count, 0);
  const file = (name: string, ...documents: object[]): string => {
    const path = join(work, name);
    writeFileSync(path, JSON.stringify(documents));
    return path;
  };

  test('distribution: how many contacts have which score, and are in which stage', async () => {
    const {
      buckets,
      notShown,
      stages,
      contacts: all,
    } = await told<Distribution>('distribution', model, '--buckets', '5');
    expect(all).toBe(await people());
    expect(sum(buckets) + notShown).toBe(all);
    const inStages = await counted(
      `select coalesce(c.stage, 'none') as name, count(*) from contacts c join contact_cards on contact_id = c.id group by 1`,
    );
    for (const { stage, count } of stages) expect(count, stage ?? 'none').toBe(inStages[stage ?? 'none'] ?? 0);
    const text = await said('distribution', model);
    expect(text).toContain(`${sampleModel.name} (${model}) of ${all} contacts`);
    expect(text).toMatch(new RegExp(`By stage now\\n[^]* {2}MQL +${inStages['mql'] ?? 0} +[\\d.]+ %`));
    expect(await refused('distribution', 'nowhere')).toEqual(unknown);
  });

  test('results: bands against a field, stages and leads', async () => {
    const won = await told<BandResults>('results', model, '--lead', 'won');
    const leads = await counted(`select 'won' as name, count(distinct contact_id) from leads where status = 'won'`);
    expect(won.total.converted).toBe(leads['won']);
    const field = await told<BandResults>('results', model, '--field', 'country', '--is', 'Germany');
    const inGermany = await counted(
      `select 'n' as name, count(*) from contacts join contact_cards on contact_id = id where state->'fields'->>'country' = 'Germany'`,
    );
    expect(field.total.converted).toBe(inGermany['n']);
    expect(await said('results', model, '--field', 'country', '--is', 'Germany')).toContain(
      `Germany ${field.total.converted} (yes)`,
    );
    expect(await refused('results', 'nowhere', '--lead', 'won')).toEqual(unknown);
    expect(await refused('results', model, '--stage', 'nowhere')).toEqual([
      3,
      expect.stringContaining('There is no stage nowhere'),
    ]);
  });

  test('grid: two models in force with bands, by cell', async () => {
    const fit = {
      kind: 'model',
      id: 'fit',
      name: 'Fit',
      groups: [{ id: 'who', name: 'Who', kind: 'profile' }],
      rules: sampleModel.rules
        .filter(({ id }) => id === 'core-industry')
        .map((rule) => ({ ...rule, group: 'who', points: 50 })),
      bands: [{ id: 'a', name: 'A', from: 50 }],
    };
    await ripenWell(['apply', file('fit.json', fit)], server);
    const { counts, rows, columns } = await told<Grid>('grid', 'fit', model);
    const shown = (await told<Distribution>('distribution', model)).notShown;
    expect(sum(counts.flat().map((count) => ({ count })))).toBe((await people()) - shown);
    expect(rows.map(({ name }) => name)).toEqual(['A', 'No band']);
    const lines = (await said('grid', 'fit', model)).split('\n');
    expect(lines[2]?.trim().split(/ {2,}/)).toEqual([...columns.map(({ name }) => name), 'all']);
    expect(lines[3]).toMatch(/^ {2}A +\d+/);
    expect(await refused('grid', 'fit', 'nowhere')).toEqual(unknown);
  });

  test('lifecycle: how many contacts stages would have', async () => {
    const { stages: asked } = sampleLifecycle;
    const high = file('lifecycle.json', {
      ...sampleLifecycle,
      stages: asked.map((stage) => (stage.id === 'sql' ? { ...stage, threshold: 101 } : stage)),
    });
    const now = await told<LifecyclePreview>('lifecycle');
    const then = await told<LifecyclePreview>('lifecycle', high);
    expect(sum([...now.stages, now.none])).toBe(await people());
    expect(then.stages.at(-1)).toMatchObject({ id: 'sql', threshold: 101, count: 0 });
    const [before, after] = [now, then].map(({ stages }) => stages.slice(2).map(({ count }) => count));
    expect(after?.[0]).toBe((before?.[0] ?? 0) + (before?.[1] ?? 0));
    expect(await said('lifecycle', high)).toMatch(/ {2}SQL +101 +0 +0\.0 % +\d+\n {2}no stage /);
    expect(await refused('lifecycle', high, '--model', 'nowhere')).toEqual(unknown);
    expect(await refused('lifecycle', file('none.json'))).toEqual([
      2,
      expect.stringContaining('There is no lifecycle'),
    ]);
  });

  test('segments and maintenance: what documents are about before they are applied', async () => {
    const inMarket = exported<Segment>('in-market.segment.json');
    const nightly = exported<MaintenanceProgram>('nightly-ratings.maintenance_program.json');
    const path = file('segments.json', { ...inMarket, id: 'tried', name: 'Tried' });
    const counts = await told<{ id: string; total: { count: number; exact: boolean } }[]>('segments');
    const market = counts.find(({ id }) => id === 'in-market')?.total;
    expect(market).toMatchObject({ exact: true });
    expect(await said('segments', path)).toBe(`tried  Tried  ${market?.count ?? 0} contacts\n`);
    expect(
      await refused('segments', file('cycle.json', { ...inMarket, when: { kind: 'segment', segment: 'none' } })),
    ).toEqual([1, expect.stringMatching(/cycle\.json: error: segment in-market, .*none/)]);
    const program = file('program.json', { ...nightly, id: 'tried', when: undefined });
    expect(await said('maintenance', 'preview', program)).toContain(
      `is about ${market?.count ?? 0} contacts, would change`,
    );
    expect(await refused('maintenance', 'preview', path)).toEqual([2, expect.stringContaining('There is no program')]);
  });

  test('impact: who changes when a model is published, from now on and with the past', async () => {
    const twice = file('twice.json', {
      ...sampleModel,
      rules: sampleModel.rules.map((rule) => (rule.id === 'core-industry' ? { ...rule, points: 30 } : rule)),
    });
    const impact = await told<Impact>('impact', twice);
    expect(impact).toMatchObject({ looked: await people(), history: { models: [expect.objectContaining({ model })] } });
    expect(impact.history.contacts).toBeGreaterThan(0);
    const text = await said('impact', twice, '--sample', '50');
    expect(text).toMatch(/^Of 50 of \d+ contacts:\n {2}from now on: .*\n/);
    expect(text).toContain('  rebuilt from history: ');
    const nobody = await said('impact', file('same.json', sampleModel));
    expect(nobody).toContain('  rebuilt from history: nobody changes');
    const broken = file('broken.json', { ...sampleModel, halfLifeDays: 0 });
    expect(await refused('impact', broken)).toEqual([
      1,
      expect.stringContaining('halfLifeDays: must be a minute at least'),
    ]);
    const nowhere = file('nowhere.json', { ...sampleLifecycle, model: 'nowhere' });
    expect(await refused('impact', nowhere)).toEqual([
      1,
      expect.stringMatching(/nowhere\.json: error: lifecycle, .*nowhere/),
    ]);
  });

  test('rebuild: a new generation of every ledger with the same scores; jobs tells of it', async () => {
    const generations = `select 'least' as name, min((state->>'generation')::int) as count from contacts where merged_into is null`;
    const scores = async () => (await told<Distribution>('distribution', model)).mean;
    expect(await refused('rebuild')).toEqual([2, expect.stringContaining('Add --yes')]);
    const [least, before] = [(await counted(generations))['least'] ?? 0, await scores()];
    const { stdout, stderr } = await ripenWell(['rebuild', '--yes'], server);
    expect([stdout, stderr]).toEqual(['', expect.stringMatching(/^\d+ contacts rebuilt\.\n$/)]);
    expect((await counted(generations))['least']).toBe(least + 1);
    expect(await scores()).toBeCloseTo(before ?? 0, 1);
    const [last] = await told<{ id: string; kind: string; status: string }[]>('jobs', 'list');
    expect(last).toMatchObject({ kind: 'rebuild', status: 'completed' });
    expect(await refused('jobs', 'cancel', last?.id ?? '')).toEqual([1, expect.stringContaining('completed already')]);
    expect(await refused('jobs', 'resume', last?.id ?? '')).toEqual([
      1,
      expect.stringContaining('The job is completed'),
    ]);
    expect(await refused('jobs', 'cancel', randomUUID())).toEqual([3, expect.stringContaining('404')]);
  });
});
