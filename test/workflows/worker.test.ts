import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  acceptEvents,
  createPokes,
  createPrograms,
  createStore,
  noPokes,
  publishDefinitions,
  type LaneDeps,
} from '@ripen/engine';
import { startChild, startTemporalDev, type Child, type TemporalDevServer } from '@ripen/infra';
import { definitionSchema, runWorkflowId } from '@ripen/shared';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';

/** The worker process as `npm start` runs it, on a Temporal of its own that this test loses. */
const home = mkdtempSync(join(tmpdir(), 'ripen-worker-'));
const mainPath = resolve(import.meta.dirname, '../../workflows/src/worker/main.ts');
let temporal: TemporalDevServer;
let database: TestDatabase;
let connection: Connection;
let client: Client;
let engine: LaneDeps;
let worker: Child;
let output: string[];

const startWorker = async (): Promise<void> => {
  output = [];
  worker = await startChild({
    name: 'worker',
    command: process.execPath,
    args: [mainPath],
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, DATABASE_URL: database.url, TEMPORAL_ADDRESS: temporal.address, RIPEN_DATA_DIR: home },
    logPath: join(home, 'worker.log'),
    onLine: (line) => output.push(line),
  });
};
const ready = () => vi.waitFor(() => expect(output).toContain('{"ready":true}'), { timeout: 30_000, interval: 50 });

beforeAll(async () => {
  [temporal, database] = await Promise.all([startTemporalDev({ dir: join(home, 'temporal') }), createTestDatabase()]);
  connection = await Connection.connect({ address: temporal.address });
  client = new Client({ connection });
  const store = createStore({ databaseUrl: database.url, max: 4 });
  engine = { store, programs: createPrograms(), pokes: createPokes(client.workflow) };
  const nurture = {
    kind: 'automation',
    id: 'nurture',
    name: 'Nurture',
    triggers: [{ type: 'event', event: 'signed_up' }],
    nodes: [
      { id: 'wait', type: 'wait_time', settings: { duration: { amount: 30, unit: 'days' } } },
      { id: 'label', type: 'add_label', settings: { label: 'nurtured' } },
    ],
    edges: [
      { from: 'start', to: 'wait' },
      { from: 'wait', to: 'label' },
    ],
  };
  await publishDefinitions(engine, [definitionSchema.parse(nurture)], Date.now());
  await startWorker();
  await ready();
}, 90_000);
afterAll(async () => {
  await worker.stop('SIGKILL');
  await engine.store.close();
  await connection.close();
  await temporal.stop();
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

const signsUp = async (userId: string, deps = engine): Promise<string> => {
  const [outcome] = await acceptEvents(deps, [{ type: 'track', userId, event: 'Signed Up' }], { now: Date.now() });
  if (outcome?.status !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
  return outcome.contactId;
};
const runOf = (contactId: string): Promise<string> =>
  vi.waitFor(
    async () => {
      const { rows } = await engine.store.pool.query<{ id: string }>('select id from runs where contact_id = $1', [
        contactId,
      ]);
      if (!rows[0]) throw new Error('no run yet');
      return rows[0].id;
    },
    { timeout: 30_000, interval: 50 },
  );
const held = (runId: string) =>
  vi.waitFor(
    async () => {
      const { status } = await client.workflow.getHandle(runWorkflowId(runId)).describe();
      expect(status.name).toBe('RUNNING');
    },
    { timeout: 45_000, interval: 200 },
  );

test('the worker applies what comes in, and can be searched for what waits', async () => {
  const contact = await signsUp('ann');
  const run = await runOf(contact);
  await held(run);
  await vi.waitFor(
    async () => {
      const found: string[] = [];
      const query = `RipenContact = '${contact}' and RipenAutomation = 'nurture' and RipenStatus = 'waiting'`;
      for await (const { workflowId } of client.workflow.list({ query })) found.push(workflowId);
      expect(found).toEqual([runWorkflowId(run)]);
    },
    { timeout: 15_000, interval: 200 },
  );
});

test('an event whose poke was lost is found all the same', async () => {
  await vi.waitFor(
    async () => {
      // Whatever else wakes lanes is over: the look at all contacts that a publication asks for.
      const { rows } = await engine.store.pool.query(
        `select lane::text as busy from lanes where not asleep union all select key from settings where key = 'touching'`,
      );
      expect(rows).toEqual([]);
    },
    { timeout: 30_000, interval: 100 },
  );
  await held(await runOf(await signsUp('eve', { ...engine, pokes: noPokes })));
}, 120_000);

test('a Temporal that lost its database is given back its lanes and every run that waits', async () => {
  const before = await runOf(await signsUp('ben'));
  await held(before);
  await temporal.stop();
  for (const tail of ['', '-wal', '-shm']) rmSync(temporal.databasePath + tail, { force: true });
  const whileAway = await signsUp('chloe');
  temporal = await startTemporalDev({ dir: join(home, 'temporal'), port: temporal.port });
  await held(before);
  await held(await runOf(whileAway));
}, 120_000);

test('it stops when told to, handing back its work, and a second start goes on', async () => {
  const stopped = performance.now();
  await worker.stop('SIGTERM', 20_000);
  expect(worker.exit()?.reason).toBe('exited with code 0');
  expect(performance.now() - stopped).toBeLessThan(15_000);
  const contact = await signsUp('dan');
  await startWorker();
  await ready();
  await held(await runOf(contact));
});
