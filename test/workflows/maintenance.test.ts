import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  acceptEvents,
  archiveDefinition,
  createPokes,
  createPrograms,
  createStore,
  pauseAutomation,
  publishDefinitions,
  resumeAutomation,
  runMaintenance,
  runScheduled,
  type LaneDeps,
} from '@ripen/engine';
import { startChild, startTemporalDev, type Child, type TemporalDevServer } from '@ripen/infra';
import {
  automationScheduleId,
  definitionSchema,
  maintenanceScheduleId,
  nextMoments,
  scheduleKey,
  scheduleSchema,
  type DefinitionInput,
  type Schedule,
} from '@ripen/shared';
import { Client, Connection, type ScheduleDescription } from '@temporalio/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';

/** The worker process as `npm start` runs it, on a Temporal of its own: the server that skips time knows no schedules. */
const home = mkdtempSync(join(tmpdir(), 'ripen-maintenance-'));
let temporal: TemporalDevServer;
let database: TestDatabase;
let connection: Connection;
let client: Client;
let engine: LaneDeps;
let worker: Child;

const model: DefinitionInput = {
  ...{ kind: 'model', id: 'score', name: 'Score' },
  groups: [{ id: 'web', name: 'Web', kind: 'behaviour' }],
  rules: [
    {
      ...{ kind: 'behaviour', id: 'page', name: 'Page', group: 'web', event: 'page_viewed', points: 2 },
      counts: { kind: 'every_time' as const },
    },
  ],
};
const weekly: Schedule = { every: 'week', on: ['mon', 'thu'], at: '02:30', zone: 'America/New_York' };
const program = (more: object = {}): DefinitionInput => ({
  ...{ kind: 'maintenance_program', id: 'nightly', name: 'Nightly' },
  actions: [{ type: 'set_field', field: 'rating', to: { kind: 'score', model: 'score' } }],
  when: weekly,
  ...more,
});
/** Labels those with 6 points and more, by the same clock. */
const reminder: DefinitionInput = {
  ...{ kind: 'automation', id: 'reminder', name: 'Reminder' },
  triggers: [{ type: 'schedule', when: weekly, who: { kind: 'score', model: 'score', atLeast: 6 } }],
  nodes: [{ id: 'tag', type: 'add_label', settings: { label: 'reminded' } }],
  edges: [{ from: 'start', to: 'tag' }],
};
const publish = (...documents: DefinitionInput[]) =>
  publishDefinitions(
    engine,
    documents.map((document) => definitionSchema.parse(document)),
    Date.now(),
  );

beforeAll(async () => {
  [temporal, database] = await Promise.all([startTemporalDev({ dir: join(home, 'temporal') }), createTestDatabase()]);
  connection = await Connection.connect({ address: temporal.address });
  client = new Client({ connection });
  const store = createStore({ databaseUrl: database.url, max: 4 });
  engine = { store, programs: createPrograms(), pokes: createPokes(client.workflow) };
  await publish(model, program(), reminder);
  const output: string[] = [];
  worker = await startChild({
    name: 'worker',
    command: process.execPath,
    args: [resolve(import.meta.dirname, '../../workflows/src/worker/main.ts')],
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporal.address, RIPEN_DATA_DIR: home },
    logPath: join(home, 'worker.log'),
    onLine: (line) => output.push(line),
  });
  await vi.waitFor(() => expect(output).toContain('{"ready":true}'), { timeout: 30_000, interval: 50 });
  const views = (userId: string, times: number) =>
    Array.from({ length: times }, () => ({ type: 'track' as const, userId, event: 'Page Viewed' }));
  await acceptEvents(engine, [...views('ann', 1), ...views('ben', 3), ...views('cy', 4)], { now: Date.now() });
}, 90_000);
afterAll(async () => {
  await worker.stop('SIGKILL');
  await engine.store.close();
  await connection.close();
  await temporal.stop();
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

const handle = () => client.schedule.getHandle(maintenanceScheduleId('nightly'));
/** The schedule, once it is as the test says. */
const described = (holds: (schedule: ScheduleDescription) => void): Promise<ScheduleDescription> =>
  vi.waitFor(
    async () => {
      const schedule = await handle().describe();
      holds(schedule);
      return schedule;
    },
    { timeout: 45_000, interval: 200 },
  );
const runs = async () =>
  (
    await engine.store.pool.query<{ by: string | null; status: string }>(
      `select input->>'by' as by, status from jobs where kind = 'maintenance' order by created_at`,
    )
  ).rows;
const ratingsAndScores = async () =>
  (
    await engine.store.pool.query<{ rating: number | null; score: number }>(
      `select (c.state->'fields'->>'rating')::float as rating,
         (select sum(points) from ledger l where l.contact_id = c.id)::float / 1000000 as score
       from contacts c order by score`,
    )
  ).rows;

test('a schedule follows its program: it is there, and says the same moments as we do', async () => {
  const { info } = await described(({ state }) => expect(state.paused).toBe(false));
  const theirs = info.nextActionTimes.slice(0, 5).map((moment) => moment.getTime());
  expect(theirs).toHaveLength(5);
  expect(nextMoments(scheduleSchema.parse(weekly), Date.now(), 5)).toEqual(theirs);
});

test('its moments run the program, each once: fields are what the ledgers add up to', async () => {
  const day = 86_400_000;
  const [first = 0, second = 0] = nextMoments(weekly, Date.now() - 14 * day, 2);
  const both = { start: new Date(first - 1_000), end: new Date(second + 1_000), overlap: 'BUFFER_ALL' as const };
  await handle().backfill(both);
  await vi.waitFor(
    async () => {
      const all = await runs();
      expect(all).toHaveLength(2);
      expect(all.every(({ status }) => status !== 'running')).toBe(true);
    },
    { timeout: 45_000, interval: 200 },
  );
  await vi.waitFor(
    async () => {
      const found = await ratingsAndScores();
      expect(found.map(({ score }) => score)).toEqual([2, 6, 8]);
      expect(found.map(({ rating }) => rating)).toEqual([2, 6, 8]);
    },
    { timeout: 30_000, interval: 200 },
  );
  // The same moments again begin nothing.
  await handle().backfill(both);
  await vi.waitFor(async () => expect((await handle().describe()).info.numActionsTaken).toBeGreaterThanOrEqual(4), {
    timeout: 30_000,
    interval: 200,
  });
  const started: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: `WorkflowType = 'maintenanceDue'` }))
    started.push(workflowId);
  for (const workflowId of new Set(started)) await client.workflow.getHandle(workflowId).result();
  expect(await runs()).toHaveLength(2);
  const { rows } = await engine.store.pool.query(`select 1 from events where type = 'ripen.maintain'`);
  expect(rows).toHaveLength(3);
}, 120_000);

const reminders = () => client.schedule.getHandle(automationScheduleId('reminder', scheduleKey(weekly)));

test('the clock of an automation lets those whom it is about enter, once for each of its moments', async () => {
  const described = await vi.waitFor(() => reminders().describe(), { timeout: 45_000, interval: 200 });
  expect(described.state.note).toBe('Reminder: every Monday, Thursday at 02:30, America/New_York');
  const day = 86_400_000;
  const [first = 0, second = 0] = nextMoments(weekly, Date.now() - 14 * day, 2);
  const both = { start: new Date(first - 1_000), end: new Date(second + 1_000), overlap: 'BUFFER_ALL' as const };
  const rounds = async () =>
    (
      await engine.store.pool.query<{ status: string; result: { changed: number } | null }>(
        `select status, result from jobs where kind = 'enrolment' order by created_at`,
      )
    ).rows;
  const entered = async () =>
    (await engine.store.pool.query(`select 1 from runs where automation = 'reminder' and status = 'completed'`))
      .rowCount;
  await reminders().backfill(both);
  await vi.waitFor(
    async () => {
      const all = await rounds();
      expect(all).toHaveLength(2);
      expect(all.every(({ status }) => status !== 'running')).toBe(true);
      const told = all.reduce((sum, { result }) => sum + (result?.changed ?? 0), 0);
      expect(told).toBeGreaterThanOrEqual(2);
      expect(await entered()).toBe(told);
    },
    { timeout: 60_000, interval: 200 },
  );
  const before = await entered();
  // The same moments again begin nothing.
  await reminders().backfill(both);
  await vi.waitFor(async () => expect((await reminders().describe()).info.numActionsTaken).toBeGreaterThanOrEqual(4), {
    timeout: 30_000,
    interval: 200,
  });
  for await (const { workflowId } of client.workflow.list({ query: `WorkflowType = 'enrolmentDue'` }))
    await client.workflow.getHandle(workflowId).result();
  expect([(await rounds()).length, await entered()]).toEqual([2, before]);
}, 150_000);

test('paused it has no clock, resumed it has it again, and Run now enters by hand', async () => {
  const now = Date.now();
  await pauseAutomation(engine, { id: 'reminder', waitingRuns: 'finish', now });
  await vi.waitFor(() => expect(reminders().describe()).rejects.toThrow(/not found/i), {
    timeout: 60_000,
    interval: 300,
  });
  await resumeAutomation(engine, { id: 'reminder', now });
  await vi.waitFor(() => reminders().describe(), { timeout: 60_000, interval: 300 });
  const jobId = await runScheduled(
    { store: engine.store, workflows: client.workflow },
    { automation: 'reminder', by: 'Ada' },
  );
  await vi.waitFor(
    async () => {
      const { rows } = await engine.store.pool.query(`select status, result from jobs where id = $1`, [jobId]);
      expect(rows).toEqual([{ status: 'completed', result: { members: 2, changed: 2, held: 0 } }]);
    },
    { timeout: 30_000, interval: 200 },
  );
}, 150_000);

test('Run now does it too, and tells only those who changed', async () => {
  await acceptEvents(engine, [{ type: 'track', userId: 'ann', event: 'Page Viewed' }], { now: Date.now() });
  await vi.waitFor(async () => expect((await ratingsAndScores())[0]?.score).toBe(4), {
    timeout: 30_000,
    interval: 100,
  });
  await runMaintenance({ store: engine.store, workflows: client.workflow }, { program: 'nightly', by: 'Ada' });
  await vi.waitFor(
    async () => {
      expect(await runs()).toContainEqual({ by: 'Ada', status: 'completed' });
      expect((await ratingsAndScores())[0]).toEqual({ score: 4, rating: 4 });
    },
    { timeout: 30_000, interval: 100 },
  );
  const { rows } = await engine.store.pool.query<{ result: object }>(
    `select result from jobs where kind = 'maintenance' and input->>'by' = 'Ada'`,
  );
  expect(rows[0]?.result).toEqual({ members: 3, changed: 1, held: 0 });
});

test('switched off it is paused, changed it says so, and a Temporal that lost it is given it back', async () => {
  await publish(program({ enabled: false }));
  await described(({ state }) => expect(state.paused).toBe(true));
  await publish(program({ when: { every: 'month', on: 28, at: '23:59', zone: 'UTC' } }));
  const { info } = await described(({ state }) => {
    expect(state.paused).toBe(false);
    expect(state.note).toBe('Nightly: on day 28 of every month at 23:59, UTC');
  });
  expect(info.nextActionTimes[0]?.toISOString()).toMatch(/-28T23:59:00.000Z$/);
  await handle().delete();
  await described(({ state }) => expect(state.paused).toBe(false));
}, 120_000);

test('of a program that is archived nothing is left', async () => {
  await archiveDefinition(engine, { kind: 'maintenance_program', id: 'nightly', now: Date.now() });
  await vi.waitFor(() => expect(handle().describe()).rejects.toThrow(/not found/i), { timeout: 60_000, interval: 300 });
}, 90_000);
