import { publishDefinitions, rebuildContact, startInFlight, tellInFlight } from '@ripen/engine';
import { definitionSchema, type DefinitionInput } from '@ripen/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { createWorld, type World } from './support.ts';

const startAt = Date.UTC(2026, 0, 5, 9);
const dayMs = 86_400_000;

const model: DefinitionInput = {
  kind: 'model',
  id: 'interest',
  name: 'Interest',
  groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
  rules: [],
};

/** Two ways, each with a wait; `second` is what the other way's wait is called. */
const graph = (points: number, second: string): DefinitionInput => ({
  kind: 'automation',
  id: 'nurture',
  name: 'Nurture',
  triggers: [{ type: 'event', event: 'asked' }],
  nodes: [
    {
      id: 'which',
      type: 'condition',
      settings: {
        branches: [
          { id: 'us', name: 'US', when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } } },
        ],
      },
    },
    { id: 'short', type: 'wait_time', settings: { duration: { amount: 5, unit: 'days' } } },
    { id: second, type: 'wait_time', settings: { duration: { amount: 9, unit: 'days' } } },
    { id: 'give', type: 'add_points', settings: { model: 'interest', points } },
  ],
  edges: [
    { from: 'start', to: 'which' },
    { from: 'which', port: 'us', to: 'short' },
    { from: 'which', port: 'else', to: second },
    { from: 'short', to: 'give' },
    { from: second, to: 'give' },
  ],
});

let world: World;
let ids: string[];
beforeEach(async () => {
  world = await createWorld();
  await world.publish([model, graph(5, 'long')], startAt);
  ids = await Promise.all(['ada', 'ben', 'cleo'].map((name) => world.contact(name)));
  await world.accept(
    ids.flatMap((contactId, index) => [
      { contactId, type: 'identify', at: startAt, fields: { country: index === 2 ? 'DE' : 'US' } },
      { contactId, type: 'asked', at: startAt + 1 },
    ]),
  );
  await world.drain(startAt + 2);
  await world.dispatch(startAt + 2);
  await world.publish([graph(50, 'longer')], startAt + dayMs);
});
afterEach(() => world[Symbol.asyncDispose]());

const asked = async (what: 'move' | 'cancel', now: number): Promise<string> => {
  const jobId = await startInFlight(
    { store: world.store, workflows: noTemporal },
    { automation: 'nurture', act: what, now },
  );
  if (jobId === null) throw new Error('Nobody is inside.');
  return jobId;
};

const act = async (what: 'move' | 'cancel', now: number): Promise<string> => {
  const jobId = await asked(what, now);
  await tellInFlight(world.deps, { jobId, now });
  await world.drain(now);
  return jobId;
};

const runs = () =>
  world.rows<{ version: number; status: string; node: string }>(
    'select version, status, node from runs order by contact_id = $1 desc, contact_id = $2 desc',
    ids.slice(0, 2),
  );

/** What is kept as it grows, beside the same made of the trails. */
const counted = () =>
  world.rows<{ version: number; node: string; waiting: number }>(
    `select version, node, sum(case when port = '' then passed when port = '.failed' then 0 else -passed end)::int as waiting
     from step_counts where automation = 'nurture' group by version, node having sum(case when port = '' then passed when port = '.failed' then 0 else -passed end) <> 0 order by version, node`,
  );
const waiting = () =>
  world.rows(
    `select version, node, count(*)::int as waiting from runs where status = 'waiting' group by version, node order by version, node`,
  );
const entered = () =>
  world.rows(
    `select version, sum(entered)::int as entered from run_totals where automation = 'nurture' group by version having sum(entered) <> 0 order by version`,
  );
const began = () => world.rows('select version, count(*)::int as entered from runs group by version order by version');

test('who waits at a step that is still there goes over; who waits elsewhere stays on their version', async () => {
  const jobId = await act('move', startAt + 2 * dayMs);
  expect(await runs()).toEqual([
    { version: 2, status: 'waiting', node: 'short' },
    { version: 2, status: 'waiting', node: 'short' },
    { version: 1, status: 'waiting', node: 'long' },
  ]);
  expect(await world.rows('select status, done, total from jobs where id = $1', [jobId])).toEqual([
    { status: 'running', done: 3, total: 3 },
  ]);
  // Whoever holds them looks again.
  expect((await world.dispatch(startAt + 2 * dayMs)).filter((told) => told.startsWith('signal:'))).toHaveLength(2);
  expect(await counted()).toEqual(await waiting());
  expect(await entered()).toEqual(await began());
  // Their deadlines stand: five days after they asked, by the new version; nine by the old.
  await world.drain(startAt + 20 * dayMs);
  expect(
    await world.rows('select points::int / 1000000 as points, at from ledger order by at, contact_id = $1 desc', [
      ids[0],
    ]),
  ).toEqual([
    { points: 50, at: startAt + 1 + 5 * dayMs },
    { points: 50, at: startAt + 1 + 5 * dayMs },
    { points: 5, at: startAt + 1 + 9 * dayMs },
  ]);
  expect(await counted()).toEqual([]);
  expect(await entered()).toEqual(await began());
});

test('a replay moves them again: the same ledger, the same runs', async () => {
  await act('move', startAt + 2 * dayMs);
  await world.drain(startAt + 20 * dayMs);
  const book = () =>
    world.rows(
      `select l.seq, l.points, l.at, l.cause from ledger l join contacts c on c.id = l.contact_id and l.generation = (c.state->>'generation')::int order by l.contact_id, l.seq`,
    );
  const before = [await book(), await runs(), await entered()];
  for (const contactId of ids) await rebuildContact(world.deps, { contactId, now: startAt + 20 * dayMs });
  expect([await book(), await runs(), await entered()]).toEqual(before);
  expect(world.said).not.toContain('an arrival could not be replayed');
});

test('those on other versions are cancelled; who entered the new one goes on', async () => {
  const late = await world.contact('dov');
  await world.accept([{ contactId: late, type: 'asked', at: startAt + 2 * dayMs }]);
  await world.drain(startAt + 2 * dayMs);
  await act('cancel', startAt + 3 * dayMs);
  expect(
    await world.rows(
      'select version, status, count(*)::int as runs from runs group by version, status order by version',
    ),
  ).toEqual([
    { version: 1, status: 'cancelled', runs: 3 },
    { version: 2, status: 'waiting', runs: 1 },
  ]);
  expect(await counted()).toEqual(await waiting());
});

test('what was stopped half-way goes on with the rest', async () => {
  const jobId = await asked('move', startAt + dayMs);
  await expect(tellInFlight(world.deps, { jobId, now: startAt, signal: AbortSignal.abort() })).rejects.toThrow();
  await tellInFlight(world.deps, { jobId, now: startAt + 2 * dayMs });
  await tellInFlight(world.deps, { jobId, now: startAt + 2 * dayMs });
  await world.drain(startAt + 2 * dayMs);
  const events = await world.rows<{ count: number }>(
    `select count(*)::int as count from events where type = 'ripen.move_run'`,
  );
  expect(events[0]?.count).toBe(3);
});

test('publishing decides about those inside with the publication itself, also for who is still to be applied', async () => {
  const late = await world.contact('late');
  // Accepted under the version of before, applied after the job has passed.
  await world.accept([
    { contactId: late, type: 'identify', at: startAt + dayMs, fields: { country: 'US' } },
    { contactId: late, type: 'asked', at: startAt + dayMs },
  ]);
  const documents = [definitionSchema.parse(graph(70, 'long'))];
  const now = startAt + 2 * dayMs;
  const { insideJobs, jobs, revision } = await publishDefinitions(world.deps, documents, now, { inside: 'move' });
  const jobId = insideJobs.get('nurture') ?? '';
  expect(jobs).toEqual([jobId]);
  await tellInFlight(world.deps, { jobId, now });
  await world.drain(now);
  const versions = 'select version, count(*)::int as runs from runs group by version';
  expect(await world.rows(versions)).toEqual([{ version: 3, runs: 4 }]);

  // The same again is no version, but those inside are decided about.
  const again = await publishDefinitions(world.deps, documents, now, { inside: 'cancel' });
  expect([again.revision, again.published, again.insideJobs.size]).toEqual([revision, [], 0]);
  expect(await counted()).toEqual(await waiting());
});
