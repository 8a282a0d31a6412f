import { carryOutMaintenance, endJob, maintenanceDue, rebuildContact, runMaintenance } from '@ripen/engine';
import { internalEvents, type DefinitionInput } from '@ripen/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { createWorld, dayMs, plainModel, startAt, visitorsOf, type World } from './support.ts';

type Program = Extract<DefinitionInput, { kind: 'maintenance_program' }>;

const now = startAt + 5 * dayMs;
const rated: DefinitionInput = {
  ...{ kind: 'segment', id: 'rated', name: 'Rated' },
  when: { kind: 'score', model: 'score', atLeast: 4 },
};
const nightly: Program = {
  ...{ kind: 'maintenance_program', id: 'nightly', name: 'Nightly' },
  who: { kind: 'segment', segment: 'rated' },
  actions: [
    { type: 'set_field', field: 'rating', to: { kind: 'score', model: 'score' } },
    { type: 'add_label', label: 'rated' },
  ],
};
const door = () => ({ store: world.store, workflows: noTemporal });

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await world.publish([plainModel, rated, nightly], startAt);
});
afterEach(() => world[Symbol.asyncDispose]());

const visitors = (views: readonly number[]) => visitorsOf(world, views, now);
const carryOut = async (jobId: string, at = now, signal?: AbortSignal): Promise<void> =>
  carryOutMaintenance(world.deps, { jobId, now: at, ...(signal && { signal }) });
const run = async (at = now, program = 'nightly'): Promise<string> => {
  const jobId = await runMaintenance(door(), { program, by: 'Ada' });
  await carryOut(jobId, at);
  await endJob(world.store.pool, { jobId, status: 'completed', error: null });
  await world.drain(at);
  return jobId;
};
const jobOf = async (id: string) =>
  (
    await world.rows<Record<string, unknown>>('select status, done, total, result, error from jobs where id = $1', [id])
  )[0];
/** What each contact's ledger adds up to, and what its field and labels say. */
const ratings = () =>
  world.rows<{ score: number; rating: number | null; labels: string[] }>(
    `select coalesce((select sum(points) from ledger l where l.contact_id = c.id), 0)::float / 1000000 as score,
       (c.state->'fields'->>'rating')::float as rating, c.state->'labels' as labels from contacts c order by 1`,
  );
const told = () =>
  world.rows<{ times: number }>(
    `select count(*)::int as times from events where type = $1 group by contact_id order by 1 desc`,
    [internalEvents.maintain],
  );

test('those whom it is about have their scores in a field, and the label; nobody else is told anything', async () => {
  await visitors([1, 2, 3, 0, 5]);
  const jobId = await run();
  expect(await ratings()).toEqual(
    [
      { score: 2, rating: null, labels: [] },
      { score: 4, rating: 4, labels: ['rated'] },
      { score: 6, rating: 6, labels: ['rated'] },
      { score: 10, rating: 10, labels: ['rated'] },
      // A contact to whom nothing happened has no card, and no state.
      { score: 0, rating: null, labels: null },
    ].sort((a, b) => a.score - b.score),
  );
  expect(await jobOf(jobId)).toMatchObject({
    status: 'completed',
    done: 4,
    total: 4,
    result: { members: 3, changed: 3, held: 0 },
  });
});

test('who has it all already is not told again', async () => {
  const [, , third = ''] = await visitors([1, 2, 3]);
  await run();
  await world.accept([{ contactId: third, type: 'page_viewed', at: now + 1 }]);
  await world.drain(now + 1);
  const again = await run(now + 2);
  expect(await jobOf(again)).toMatchObject({ result: { members: 2, changed: 1, held: 0 } });
  expect(await told()).toEqual([{ times: 2 }, { times: 1 }]);
  expect((await ratings()).map(({ rating }) => rating)).toEqual([null, 4, 8]);
});

test('stopped in the middle it has told some, once, and goes on with the others', async () => {
  const people = 2_300;
  await visitors(Array.from({ length: people }, () => 2));
  const jobId = await runMaintenance(door(), { program: 'nightly', by: 'Ada' });
  const stop = new AbortController();
  // It wakes lanes after each page: the first time somebody cancels.
  const pokes = { lane: () => Promise.resolve(stop.abort()), dispatcher: () => Promise.resolve() };
  await expect(carryOutMaintenance({ ...world.deps, pokes }, { jobId, now, signal: stop.signal })).rejects.toThrow();
  const first = await jobOf(jobId);
  expect(first).toMatchObject({ status: 'running', done: 1_000, total: people });
  await world.drain(now);
  expect(await told()).toHaveLength(1_000);
  await carryOut(jobId);
  await world.drain(now);
  expect(await jobOf(jobId)).toMatchObject({ done: people, result: { members: people, changed: people } });
  expect(await told()).toEqual(Array.from({ length: people }, () => ({ times: 1 })));
});

test('two attempts at once tell nobody twice: one of them stops', async () => {
  await visitors(Array.from({ length: 1_200 }, () => 2));
  const jobId = await runMaintenance(door(), { program: 'nightly', by: 'Ada' });
  const outcomes = await Promise.allSettled([carryOut(jobId), carryOut(jobId), carryOut(jobId)]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
  await world.drain(now);
  const all = await told();
  expect([all.length, all[0]?.times]).toEqual([1_200, 1]);
});

test('a job that was ended tells nobody more', async () => {
  await visitors([2, 3]);
  const jobId = await runMaintenance(door(), { program: 'nightly', by: 'Ada' });
  await endJob(world.store.pool, { jobId, status: 'cancelled', error: null });
  await expect(carryOut(jobId)).rejects.toThrow(/ended/);
  await world.drain(now);
  expect(await told()).toEqual([]);
});

test('a rebuild does it again: the same fields, labels and runs', async () => {
  const tagged: DefinitionInput = {
    ...{ kind: 'automation', id: 'tagged', name: 'Tagged', triggers: [{ type: 'label_added', label: 'rated' }] },
    nodes: [{ id: 'add', type: 'add_points', settings: { model: 'score', points: 3 } }],
    edges: [{ from: 'start', to: 'add' }],
  };
  await world.publish([tagged], startAt);
  const ids = await visitors([2, 4]);
  await run();
  const states = () => Promise.all(ids.map((id) => world.subject(id)));
  const before = await states();
  expect(before.map(({ fields, labels }) => [fields['rating'], labels])).toEqual([
    [4, ['rated']],
    [8, ['rated']],
  ]);
  for (const contactId of ids) await rebuildContact(world.deps, { contactId, now });
  expect((await states()).map((state) => ({ ...state, generation: 1 }))).toEqual(before);
  const rows = await world.rows('select generation, count(*)::int as entries from ledger group by 1 order by 1');
  expect(rows).toEqual([
    { generation: 1, entries: 8 },
    { generation: 2, entries: 8 },
  ]);
});

test('who is being loaded is left for the next run', async () => {
  const [one = ''] = await visitors([2, 3]);
  const load = '00000000-0000-4000-8000-000000000001';
  await world.rows(`insert into imports (id, name, status) values ($1, 'Load', 'open')`, [load]);
  await world.rows('update contacts set held_by = $2 where id = $1', [one, load]);
  const jobId = await run();
  expect(await jobOf(jobId)).toMatchObject({ result: { members: 2, changed: 1, held: 1 } });
  expect((await world.subject(one)).labels).toEqual([]);
});

test('one run at a time: another by hand is refused, one by schedule is written down as skipped', async () => {
  await visitors([2]);
  const first = await runMaintenance(door(), { program: 'nightly', by: 'Ada' });
  await expect(runMaintenance(door(), { program: 'nightly', by: 'Ben' })).rejects.toThrow(/under way already/);
  await maintenanceDue(door(), { program: 'nightly', moment: 'monday' });
  await endJob(world.store.pool, { jobId: first, status: 'completed', error: null });
  for (let times = 0; times < 3; times++) await maintenanceDue(door(), { program: 'nightly', moment: 'tuesday' });
  expect(
    await world.rows(
      `select input->>'by' as by, status, error from jobs where kind = 'maintenance' order by created_at`,
    ),
  ).toEqual([
    { by: 'Ada', status: 'completed', error: null },
    { by: null, status: 'cancelled', error: 'Skipped: the run before it was still under way.' },
    { by: null, status: 'running', error: null },
  ]);
});

test('a schedule of a program that is gone, or not enabled any more, begins nothing; by hand it runs all the same', async () => {
  await world.publish([{ ...nightly, enabled: false }], now);
  await maintenanceDue(door(), { program: 'nightly', moment: 'monday' });
  await maintenanceDue(door(), { program: 'never-was', moment: 'monday too' });
  expect(await world.rows('select id from jobs')).toEqual([]);
  await visitors([2]);
  expect(await jobOf(await run())).toMatchObject({ result: { changed: 1 } });
  await expect(runMaintenance(door(), { program: 'never-was', by: 'Ada' })).rejects.toThrow(
    'There is no maintenance program in force never-was.',
  );
});
