import { cancelRun, startRebuild, type LaneDeps } from '@ripen/engine';
import { runWorkflowId, type DefinitionInput } from '@ripen/shared';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDurableWorld, eventually, type DurableWorld } from './support/durable.ts';
import type { Receiver } from './support/receiver.ts';
import { dayMs } from './support/scripted.ts';

let world: DurableWorld;
let environment: TestWorkflowEnvironment;
let engine: LaneDeps;
let receiver: Receiver;

const documents = (webhookUrl: string): DefinitionInput[] => [
  {
    kind: 'model',
    id: 'score',
    name: 'Score',
    groups: [{ id: 'interest', name: 'Interest', kind: 'behaviour' }],
    rules: [
      { kind: 'behaviour', id: 'form', name: 'Form', group: 'interest', points: 50, event: 'form_sent' },
      {
        kind: 'behaviour',
        id: 'visit',
        name: 'Visit',
        group: 'interest',
        points: 3,
        event: 'visited',
        counts: { kind: 'every_time' },
      },
    ],
    decay: { afterDays: 60, everyDays: 30, by: { kind: 'points', points: 10 } },
    reset: { afterDays: 365, from: 'last_activity' },
  },
  {
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
  },
  {
    kind: 'automation',
    id: 'follow-up',
    name: 'Follow up',
    triggers: [{ type: 'event', event: 'quote_sent' }],
    nodes: [
      { id: 'wait', type: 'wait_event', settings: { event: 'quote_opened', timeout: { amount: 7, unit: 'days' } } },
      { id: 'good', type: 'add_label', settings: { label: 'opened' } },
      { id: 'bad', type: 'add_label', settings: { label: 'ignored' } },
    ],
    edges: [
      { from: 'start', to: 'wait' },
      { from: 'wait', port: 'happened', to: 'good' },
      { from: 'wait', port: 'timed_out', to: 'bad' },
    ],
  },
  {
    kind: 'automation',
    id: 'handoff',
    name: 'Handoff',
    triggers: [{ type: 'event', event: 'demo_requested' }],
    nodes: [
      { id: 'route', type: 'route', settings: { queue: 'sales' } },
      { id: 'tell', type: 'notify', settings: { channel: 'hook', subject: 'Demo for {{email}}', body: 'Call now' } },
    ],
    edges: [
      { from: 'start', to: 'route' },
      { from: 'route', port: 'routed', to: 'tell' },
    ],
  },
  { kind: 'queue', id: 'sales', name: 'Sales', reps: [{ id: 'ann', name: 'Ann' }] },
  { kind: 'channel', id: 'hook', name: 'Hook', type: 'webhook', url: webhookUrl },
];

beforeAll(async () => {
  world = await createDurableWorld(documents);
  ({ engine, environment, receiver } = world);
});
afterAll(() => world[Symbol.asyncDispose]());

const now = () => world.now();
const happens = (userId: string, event: string) => world.happens(userId, event);

interface Entry {
  kind: string;
  points: number;
  at: number;
}
const ledger = async (contactId: string): Promise<Entry[]> => {
  const { rows } = await engine.store.pool.query<Entry>(
    'select kind, points / 1000000 as points, at from ledger where contact_id = $1 order by generation, seq',
    [contactId],
  );
  return rows.map(({ kind, points, at }) => ({ kind, points: Number(points), at: Number(at) }));
};
const runOf = (contactId: string, automation: string) => world.runOf(contactId, automation);
const temporalStatus = (runId: string) => world.temporalStatus(runId);
const kinds = (entries: Entry[]) => entries.map(({ kind, points }) => `${kind} ${points}`);

test('a rule that counts once counts once; one that counts every time counts every time', async () => {
  const contact = await happens('counting', 'Form Sent');
  await happens('counting', 'Form Sent');
  await happens('counting', 'Visited');
  await happens('counting', 'Visited');
  expect(kinds(await ledger(contact))).toEqual(['points 50', 'points 3', 'points 3']);
});

test('60 days of silence start the decay, at its exact moment; activity stops it', async () => {
  const contact = await happens('silent', 'Form Sent');
  const [earned] = await ledger(contact);
  if (!earned) throw new Error('nothing earned');
  await environment.sleep(59 * dayMs);
  expect(await ledger(contact)).toHaveLength(1);
  await environment.sleep(2 * dayMs);
  await eventually(async () => expect(kinds(await ledger(contact))).toEqual(['points 50', 'decay -10']));
  expect((await ledger(contact))[1]?.at).toBe(earned.at + 60 * dayMs);
  await environment.sleep(20 * dayMs);
  await happens('silent', 'Visited');
  await environment.sleep(50 * dayMs);
  expect(kinds(await ledger(contact))).toEqual(['points 50', 'decay -10', 'points 3']);
});

test('a year without activity resets the score', async () => {
  const contact = await happens('gone', 'Form Sent');
  const [earned] = await ledger(contact);
  await environment.sleep(366 * dayMs);
  await eventually(async () => {
    const reset = (await ledger(contact)).find(({ kind }) => kind === 'reset');
    expect(reset?.at).toBe((earned?.at ?? 0) + 365 * dayMs);
  });
});

test('a run waits 30 days in Temporal and goes on', async () => {
  const contact = await happens('waiting', 'Signed Up');
  const run = await runOf(contact, 'nurture');
  expect(run.status).toBe('waiting');
  await eventually(async () => expect(await temporalStatus(run.id)).toEqual({ temporal: 'RUNNING', ripen: 'waiting' }));
  await environment.sleep(29 * dayMs);
  expect((await runOf(contact, 'nurture')).status).toBe('waiting');
  await environment.sleep(2 * dayMs);
  await eventually(async () =>
    expect(await temporalStatus(run.id)).toEqual({ temporal: 'COMPLETED', ripen: 'completed' }),
  );
  const { status, trail } = await runOf(contact, 'nurture');
  expect(status).toBe('completed');
  const [waited, labelled] = trail.filter(({ node }) => node === 'label' || node === 'wait');
  expect((labelled?.at ?? 0) - (waited?.at ?? 0)).toBe(30 * dayMs);
});

test('a wait for an event is met by the event', async () => {
  const contact = await happens('opener', 'Quote Sent');
  await environment.sleep(3 * dayMs);
  await happens('opener', 'Quote Opened');
  const run = await runOf(contact, 'follow-up');
  expect(run.status).toBe('completed');
  expect(run.trail.map(({ node }) => node)).toContain('good');
  await eventually(async () => expect((await temporalStatus(run.id)).temporal).toBe('COMPLETED'));
});

test('a wait for an event that does not come times out', async () => {
  const contact = await happens('ignorer', 'Quote Sent');
  await environment.sleep(8 * dayMs);
  const run = await eventually(async () => {
    const found = await runOf(contact, 'follow-up');
    expect(found.status).toBe('completed');
    return found;
  });
  expect(run.trail.map(({ node }) => node)).toContain('bad');
  await eventually(async () => expect((await temporalStatus(run.id)).temporal).toBe('COMPLETED'));
});

test('a handoff reaches sales with its decision, and sales is told once, signed', async () => {
  const contact = await happens('hot', 'Demo Requested');
  const run = await eventually(async () => {
    const found = await runOf(contact, 'handoff');
    expect(found.status).toBe('completed');
    return found;
  });
  const { rows: leads } = await engine.store.pool.query(
    'select rep, queue, status, decision from leads where contact_id = $1',
    [contact],
  );
  expect(leads).toMatchObject([{ rep: 'ann', queue: 'sales', status: 'open', decision: { chosen: 'ann' } }]);
  await eventually(async () => expect((await temporalStatus(run.id)).temporal).toBe('COMPLETED'));
  const mine = receiver.received.filter(({ body }) => body.includes(contact));
  expect(mine).toHaveLength(1);
  const verified = new Webhook(world.secret).verify(mine[0]?.body ?? '', mine[0]?.headers as Record<string, string>);
  expect(verified).toMatchObject({
    data: { contactId: contact, automation: { id: 'handoff' }, message: { body: 'Call now' } },
  });
  const { rows } = await engine.store.pool.query('select status, attempts from deliveries where contact_id = $1', [
    contact,
  ]);
  expect(rows).toEqual([{ status: 'delivered', attempts: 1 }]);
});

test('a receiver that is down is tried again until it is up; scoring goes on meanwhile', async () => {
  let down = true;
  receiver.answer = (response) => response.writeHead(down ? 503 : 200).end();
  const contact = await happens('patient', 'Demo Requested');
  const attempts = async () => {
    const { rows } = await engine.store.pool.query<{ status: string; attempts: number }>(
      'select status, attempts from deliveries where contact_id = $1',
      [contact],
    );
    return rows[0];
  };
  await eventually(async () => expect((await attempts())?.attempts).toBe(1));
  await happens('patient', 'Visited');
  expect(kinds(await ledger(contact))).toEqual(['points 3']);
  await environment.sleep(60_000);
  expect((await attempts())?.attempts).toBeGreaterThan(2);
  expect((await attempts())?.status).toBe('pending');
  down = false;
  await environment.sleep(600_000);
  await eventually(async () => expect((await attempts())?.status).toBe('delivered'));
});

test('a run that is cancelled by API ends in Temporal, and one cancelled in Temporal ends in the books', async () => {
  const byApi = await runOf(await happens('by-api', 'Signed Up'), 'nurture');
  const byHand = await runOf(await happens('by-hand', 'Signed Up'), 'nurture');
  await eventually(async () => expect((await temporalStatus(byHand.id)).temporal).toBe('RUNNING'));
  await cancelRun(engine, { runId: byApi.id, now: await now() });
  await environment.client.workflow.getHandle(runWorkflowId(byHand.id)).cancel();
  await eventually(async () =>
    expect(await temporalStatus(byApi.id)).toEqual({ temporal: 'COMPLETED', ripen: 'cancelled' }),
  );
  await eventually(async () =>
    expect(await temporalStatus(byHand.id)).toEqual({ temporal: 'CANCELLED', ripen: 'cancelled' }),
  );
  const { rows } = await engine.store.pool.query('select status from runs where id = any($1)', [[byApi.id, byHand.id]]);
  expect(rows).toEqual([{ status: 'cancelled' }, { status: 'cancelled' }]);
});

test('a rebuild job writes every ledger again, as a new generation that says the same', async () => {
  const contact = await happens('rebuilt', 'Form Sent');
  await happens('rebuilt', 'Visited');
  const before = kinds(await ledger(contact));
  const job = await startRebuild({ store: engine.store, workflows: environment.client.workflow }, { contacts: null });
  await eventually(async () => {
    const { rows } = await engine.store.pool.query<{ status: string; done: string; total: string }>(
      'select status, done, total from jobs where id = $1',
      [job],
    );
    expect(rows[0]?.status).toBe('completed');
    expect(Number(rows[0]?.done)).toBe(Number(rows[0]?.total));
    expect(Number(rows[0]?.done)).toBeGreaterThan(1);
  });
  const { rows } = await engine.store.pool.query<{ generation: number }>(
    'select distinct generation from ledger where contact_id = $1 order by 1',
    [contact],
  );
  expect(rows.map(({ generation }) => generation)).toEqual([1, 2]);
  expect(kinds(await ledger(contact))).toEqual([...before, ...before]);
});
