import { backTestContact, pauseAutomation, runBackTest, startBackTest } from '@ripen/engine';
import { automationSchema, type Automation, type BackTest, type DefinitionInput } from '@ripen/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { createWorld, type World } from './support.ts';

const startAt = Date.UTC(2026, 0, 5, 9);
const dayMs = 86_400_000;
const now = startAt + 30 * dayMs;
/** The window: the last 12 days. */
const days = 12;
const from = now - days * dayMs;

const model: DefinitionInput = {
  kind: 'model',
  id: 'interest',
  name: 'Interest',
  groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
  rules: [
    {
      kind: 'behaviour',
      id: 'visit',
      name: 'Visit',
      group: 'acts',
      points: 2,
      event: 'visited',
      counts: { kind: 'every_time' },
    },
  ],
  decay: { afterDays: 5, everyDays: 1, by: { kind: 'percent', percent: 10 } },
};
const lifecycle: DefinitionInput = {
  kind: 'lifecycle',
  model: 'interest',
  stages: [
    { id: 'lead', name: 'Lead', threshold: 10 },
    { id: 'mql', name: 'MQL', threshold: 30 },
  ],
};
const queue: DefinitionInput = { kind: 'queue', id: 'sales', name: 'Sales', reps: [{ id: 'ada', name: 'Ada' }] };
const channel: DefinitionInput = {
  kind: 'channel',
  id: 'hook',
  name: 'Hook',
  type: 'webhook',
  url: 'https://example.com/hook',
};

/** Opening scores, and scores again two days later; MQLs go to sales. */
const graph = (points: number, waitDays = 2): Automation =>
  automationSchema.parse({
    kind: 'automation',
    id: 'opens',
    name: 'Opens',
    triggers: [{ type: 'event', event: 'opened' }],
    nodes: [
      { id: 'first', type: 'add_points', settings: { model: 'interest', points } },
      { id: 'pause', type: 'wait_time', settings: { duration: { amount: waitDays, unit: 'days' } } },
      { id: 'second', type: 'add_points', settings: { model: 'interest', points: 3 } },
      { id: 'tell', type: 'notify', settings: { channel: 'hook' } },
    ],
    edges: [
      { from: 'start', to: 'first' },
      { from: 'first', to: 'pause' },
      { from: 'pause', to: 'second' },
      { from: 'second', to: 'tell' },
    ],
  });
const handOver: DefinitionInput = {
  kind: 'automation',
  id: 'hand-over',
  name: 'Hand over',
  triggers: [{ type: 'stage_entered', stage: 'mql' }],
  nodes: [
    { id: 'give', type: 'route', settings: { queue: 'sales' } },
    { id: 'mark', type: 'add_label', settings: { label: 'handed over' } },
  ],
  edges: [
    { from: 'start', to: 'give' },
    { from: 'give', port: 'routed', to: 'mark' },
  ],
};

const names = ['ada', 'ben', 'cleo', 'dov', 'eve', 'fay'];

let world: World;
let ids: string[];

beforeEach(async () => {
  world = await createWorld();
  await world.publish([model, lifecycle, queue, channel, handOver, graph(4)], startAt);
  ids = await Promise.all(names.map((name) => world.contact(name)));
  // Nobody is like another: each opens and visits on days of their own, and some fall silent.
  for (let day = 0; day < 30; day++) {
    if (day === 10) await world.publish([{ ...model, name: 'Interest, renamed' }], startAt + day * dayMs);
    const at = startAt + day * dayMs;
    await world.accept(
      ids.flatMap((contactId, index) => [
        ...((day + index) % (index + 2) === 0 && day % 9 < 6
          ? [{ contactId, type: 'opened', at: at + index * 1000, messageId: `o${day}-${index}` }]
          : []),
        ...(day % (index + 3) === 0
          ? [{ contactId, type: 'visited', at: at + 3_600_000, messageId: `v${day}-${index}` }]
          : []),
      ]),
    );
    await world.drain(at + 4_000_000);
    await world.dispatch(at + 4_000_000);
    await world.drain(at + 5_000_000);
  }
  const [won] = await world.rows<{ contact: string; ask: string }>(
    'select contact_id as contact, id as ask from leads where at >= $1 order by at limit 1',
    [from],
  );
  if (!won) throw new Error('Nobody was handed over.');
  await world.accept([
    { contactId: won.contact, type: 'ripen.lead_won', at: now - dayMs / 2, properties: { lead: won.ask } },
  ]);
  await world.drain(now);
});
afterEach(() => world[Symbol.asyncDispose]());

const start = (draft: Automation, sample: number | null = null): Promise<string> =>
  startBackTest({ store: world.store, workflows: noTemporal }, { draft, days, sample, now });

const resultOf = async (jobId: string): Promise<BackTest> => {
  const [row] = await world.rows<{ result: BackTest }>('select result from jobs where id = $1', [jobId]);
  if (!row) throw new Error('There is no such job.');
  return row.result;
};

const backTest = async (draft: Automation, sample: number | null = null): Promise<BackTest> => {
  const jobId = await start(draft, sample);
  await runBackTest(world.deps, { jobId });
  return resultOf(jobId);
};

/** All that scoring keeps. */
const state = () =>
  Promise.all(
    [
      'contacts',
      'ledger',
      'moves',
      'runs',
      'dues',
      'asks',
      'deliveries',
      'leads',
      'outbox',
      'inbox',
      'counted',
      'expiring',
    ].map((table) => world.rows(`select md5(string_agg(t::text, '|' order by t::text)) from ${table} t`)),
  );

test('the live version over its own history differs by nothing, and is what really happened', async () => {
  const before = await state();
  const found = await backTest(graph(4));
  expect(found.differ).toEqual({ contacts: 0, reasons: [], most: [] });
  expect(found.draft).toEqual(found.live);
  const [runs] = await world.rows<{ runs: number; entered: number }>(
    `select count(*)::int as runs, count(distinct contact_id)::int as entered from runs where automation = 'opens' and started_at >= $1`,
    [from],
  );
  const [given] = await world.rows<{ points: number }>(
    `select sum(points)::float8 / 1000000 as points from ledger where cause like 'node:opens/%' and at >= $1`,
    [from],
  );
  const mqls = await world.rows<{ id: string }>(
    `select distinct contact_id as id from moves where at >= $1 and to_stage = 'mql' and from_stage is distinct from 'sql'`,
    [from],
  );
  const [told] = await world.rows<{ messages: number; handoffs: number }>(
    `select (select count(*)::int from deliveries where at >= $1) as messages, (select count(*)::int from asks where at >= $1) as handoffs`,
    [from],
  );
  expect(found.live).toMatchObject({ ...runs, ...told, points: [{ model: 'interest', points: given?.points }] });
  expect(found.live.stages.find(({ stage }) => stage === 'mql')?.contacts).toBe(mqls.length);
  // What never happened proves nothing.
  for (const count of [runs?.runs, mqls.length, told?.messages, told?.handoffs]) expect(count).toBeGreaterThan(0);
  expect([found.looked, found.of, found.version]).toEqual([names.length, names.length, 1]);
  expect(await state()).toEqual(before);
  expect(world.said).not.toContain('not part of a back-test');
});

test('contact by contact, the live side is the ledger as it was written', async () => {
  const jobId = await start(graph(4));
  for (const contactId of ids) {
    const { live, draft, reasons, parts } = await backTestContact(world.deps, { jobId, contactId });
    expect([reasons, parts, draft]).toEqual([[], null, live]);
    const entries = await world.rows<{ at: number; points: number; cause: string; kind: string }>(
      `select at, points::float8 / 1000000 as points, cause, kind from ledger where contact_id = $1 and at >= $2 order by seq`,
      [contactId, from],
    );
    expect(live.entries.map(({ at, points, cause, kind }) => ({ at: Date.parse(at), points, cause, kind }))).toEqual(
      entries,
    );
    const trails = await world.rows<{ trail: { node: string; port: string | null }[] }>(
      `select trail from runs where contact_id = $1 and automation = 'opens' and started_at >= $2 order by started_at, id`,
      [contactId, from],
    );
    expect(live.runs.map(({ trail }) => trail.map(({ node, port }) => ({ node, port })))).toEqual(
      trails.map(({ trail }) => trail.map(({ node, port }) => ({ node, port }))),
    );
  }
});

test('a draft that gives more makes more MQLs, and says who differs and why', async () => {
  const jobId = await start(graph(20));
  await runBackTest(world.deps, { jobId });
  const found = await resultOf(jobId);
  expect(found.draft.runs).toBe(found.live.runs);
  // Every first node gave 16 more; second ones of runs from before the window gave the same.
  expect(found.draft.points[0]?.points).toBe((found.live.points[0]?.points ?? 0) + 16 * found.live.runs);
  const mqls = (side: BackTest['live']) => side.stages.find(({ stage }) => stage === 'mql');
  expect(mqls(found.draft)?.contacts).toBeGreaterThan(mqls(found.live)?.contacts ?? 0);
  const reasons = found.differ.reasons.map(({ reason }) => reason);
  expect(reasons).toEqual(expect.arrayContaining(['points', 'stage', 'handoff']));
  expect(reasons).not.toContain('entered_only_draft');
  const [first] = found.differ.most;
  if (!first) throw new Error('Nobody differs.');
  expect(first.contact.name).toMatch(/^Anonymous/);
  const { live, draft } = await backTestContact(world.deps, { jobId, contactId: first.contact.id });
  const own = (points: number) => ({ cause: 'node:opens/first', points, both: false });
  expect(live.entries).toContainEqual(expect.objectContaining(own(4)));
  expect(draft.entries).toContainEqual(expect.objectContaining(own(20)));
  expect(draft.entries.some(({ both }) => both)).toBe(true);
});

test('outcomes that sales gave are told of those who became MQLs before them', async () => {
  const { live } = await backTest(graph(4));
  const mqls = live.stages.find(({ stage }) => stage === 'mql');
  expect([mqls?.won, mqls?.lost]).toEqual([1, 0]);
});

test('another wait is another way, told with the step where the two part', async () => {
  const jobId = await start(graph(4, 3));
  await runBackTest(world.deps, { jobId });
  const found = await resultOf(jobId);
  expect(found.differ.reasons.map(({ reason }) => reason)).toContain('other_way');
  const [first] = found.differ.most;
  const { parts } = await backTestContact(world.deps, { jobId, contactId: first?.contact.id ?? '' });
  expect(parts).toMatchObject({ what: 'way', node: 'pause' });
});

test('an automation that was never published stands beside nothing, and a paused one beside its last version', async () => {
  const unknown = await backTest({ ...graph(5), id: 'new' });
  expect([unknown.version, unknown.live.runs]).toEqual([null, 0]);
  expect(unknown.draft.runs).toBeGreaterThan(0);
  expect(unknown.differ.reasons.map(({ reason }) => reason)).toContain('entered_only_draft');
  await pauseAutomation(world.deps, { id: 'opens', waitingRuns: 'finish', now });
  const paused = await backTest(graph(4));
  expect([paused.version, paused.differ.contacts]).toEqual([1, 0]);
  expect(paused.live.runs).toBeGreaterThan(0);
});

test('a sample plays so many; what was stopped goes on where it was', async () => {
  expect((await backTest(graph(20), 2)).looked).toBe(2);
  const whole = await backTest(graph(20));
  const jobId = await start(graph(20), 3);
  await runBackTest(world.deps, { jobId });
  await world.rows(`update jobs set input = input || '{"sample": null}', total = 6 where id = $1`, [jobId]);
  await runBackTest(world.deps, { jobId });
  expect(await resultOf(jobId)).toEqual(whole);
  const stopped = await start(graph(20));
  await expect(runBackTest(world.deps, { jobId: stopped, signal: AbortSignal.abort() })).rejects.toThrow();
  expect(await world.rows('select done, result from jobs where id = $1', [stopped])).toEqual([
    { done: 0, result: null },
  ]);
});
