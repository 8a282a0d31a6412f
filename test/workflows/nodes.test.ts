import { nodeTypes, type DefinitionInput, type NodeTypeName, type Properties } from '@ripen/shared';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDurableWorld, eventually, type DurableWorld } from './support/durable.ts';
import { dayMs } from './support/scripted.ts';

type Automation = Extract<DefinitionInput, { kind: 'automation' }>;
type Settings<Type extends NodeTypeName> = Extract<Automation['nodes'][number], { type: Type }>['settings'];

/** One node and what becomes of a run through it, on the real lanes, runs and Postgres. */
interface Case<Type extends NodeTypeName> {
  settings: Settings<Type>;
  /** Steps before the node. */
  before?: Automation['nodes'];
  /** After the start: time that passes, or something that happens. */
  then?: (number | { event: string; properties?: Properties })[];
  /** Outputs that the node was left by; null: the run came, or ended there. */
  ports: (string | null)[];
  status?: 'completed' | 'waiting';
}

const days = (amount: number) => ({ amount, unit: 'days' as const });
const isHot = { kind: 'label' as const, label: 'hot' };
const gets = { event: 'Gets Hot' };
const instant = ['next'];

/** A type without a case does not compile. */
const cases: { [Type in NodeTypeName]: Case<Type> } = {
  condition: { settings: { branches: [{ id: 'yes', name: 'Yes', when: isHot }] }, ports: ['else'] },
  random_split: {
    settings: {
      branches: [
        { id: 'a', name: 'A', percent: 0 },
        { id: 'b', name: 'B', percent: 100 },
      ],
    },
    ports: ['b'],
  },
  add_points: { settings: { model: 'score', points: 5 }, ports: instant },
  subtract_points: { settings: { model: 'score', points: 5 }, ports: instant },
  penalty: { settings: { model: 'score', points: 5 }, ports: instant },
  set_score: { settings: { model: 'score', score: 30 }, ports: instant },
  reset_score: { settings: { model: 'score' }, ports: instant },
  decay_percent: { settings: { model: 'score', percent: 50 }, ports: instant },
  move_stage: { settings: { stage: 'mql' }, ports: instant },
  set_field: { settings: { field: 'tier', to: { kind: 'value', value: 'gold' } }, ports: instant },
  add_label: { settings: { label: 'seen' }, ports: instant },
  remove_label: { settings: { label: 'seen' }, ports: instant },
  wait_time: { settings: { duration: days(3) }, then: [4 * dayMs], ports: [null, 'next'] },
  wait_until: {
    settings: { to: { kind: 'field', field: 'renewal', shiftDays: 0 } },
    ports: ['no_date'],
  },
  wait_hours: {
    settings: { days: ['mon'], from: '00:00', to: '00:01' },
    then: [8 * dayMs],
    ports: [null, 'next'],
  },
  wait_event: {
    settings: { event: 'bought', timeout: days(3) },
    then: [dayMs, { event: 'Bought' }],
    ports: [null, 'happened'],
  },
  wait_condition: { settings: { when: isHot, timeout: days(3) }, then: [dayMs, gets], ports: [null, 'met'] },
  goal: {
    before: [{ id: 'long', type: 'wait_time', settings: { duration: days(90) } }],
    settings: { when: isHot },
    then: [dayMs, gets],
    ports: ['reached'],
  },
  notify: { settings: { channel: 'hook', subject: 'Hello', body: 'Look' }, ports: instant },
  route: { settings: { queue: 'sales' }, ports: [null, 'routed'] },
  http_request: {
    settings: { channel: 'hook', body: 'Who is {{email}}?', save: [{ from: 'tier', field: 'tier' }] },
    ports: [null, 'response'],
  },
  go_to: { settings: { node: 'done' }, ports: [null] },
  start_automation: { settings: { automation: 'other' }, ports: instant },
  end: { settings: {}, ports: [null] },
};

const names = nodeTypes.map(({ type }) => type);
const eventOf = (type: NodeTypeName): string => `go_${type}`;

const automationOf = (type: NodeTypeName): Automation => {
  const { before = [], settings } = cases[type];
  // Whether settings fit their type is checked where the case stands.
  const node = { id: 'node', type, settings } as Automation['nodes'][number];
  const chain = ['start', ...before.map(({ id }) => id), 'node'];
  const outputs = (nodeTypes.find((one) => one.type === type)?.ports(settings) ?? []).map((port) => ({
    from: 'node',
    port,
    to: 'done',
  }));
  const done: Automation['nodes'] = [{ id: 'done', type: 'add_label', settings: { label: type } }];
  const edges = chain.slice(1).map((to, index) => ({ from: chain[index] ?? '', to }));
  return {
    kind: 'automation',
    id: eventOf(type),
    name: type,
    triggers: [{ type: 'event', event: eventOf(type) }],
    nodes: [...before, node, ...(type === 'end' ? [] : done)],
    edges: [...edges, ...outputs],
  };
};

let world: DurableWorld;
beforeAll(async () => {
  world = await createDurableWorld((url) => [
    { kind: 'model', id: 'score', name: 'Score' },
    { kind: 'lifecycle', model: 'score', stages: [{ id: 'mql', name: 'MQL', threshold: 90 }] },
    { kind: 'queue', id: 'sales', name: 'Sales', reps: [{ id: 'ann', name: 'Ann' }] },
    { kind: 'channel', id: 'hook', name: 'Hook', type: 'webhook', url: `${url}/hook` },
    {
      kind: 'automation',
      id: 'heat',
      name: 'Heat',
      triggers: [{ type: 'event', event: 'gets_hot' }],
      nodes: [{ id: 'hot', type: 'add_label', settings: { label: 'hot' } }],
      edges: [{ from: 'start', to: 'hot' }],
    },
    {
      kind: 'automation',
      id: 'other',
      name: 'Other',
      triggers: [{ type: 'manual' }],
      nodes: [{ id: 'on', type: 'add_label', settings: { label: 'started' } }],
      edges: [{ from: 'start', to: 'on' }],
    },
    ...names.map(automationOf),
  ]);
});
afterAll(() => world[Symbol.asyncDispose]());

test.each(names)('a run through "%s" is carried through, and Temporal ends with it', async (type) => {
  const { then = [], ports, status = 'completed' } = cases[type];
  const contact = await world.happens(type, eventOf(type));
  for (const next of then) {
    if (typeof next === 'number') await world.environment.sleep(next);
    else await world.happens(type, next.event, next);
  }
  const run = await eventually(async () => {
    const found = await world.runOf(contact, eventOf(type));
    expect(found.status).toBe(status);
    return found;
  });
  expect(run.trail.filter(({ node }) => node === 'node').map(({ port }) => port)).toEqual(ports);
  const { rows } = await world.engine.store.pool.query('select 1 from runs where id = $1 and has_workflow', [run.id]);
  if (rows.length > 0)
    await eventually(async () => expect((await world.temporalStatus(run.id)).temporal).toBe('COMPLETED'));
});

test('the answer to a request is a recorded event, and what it keeps is there for the next step', async () => {
  world.receiver.answer = (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"tier":"gold"}');
  const contact = await world.happens('asker', eventOf('http_request'));
  const { pool } = world.engine.store;
  await eventually(async () => {
    const { rows } = await pool.query<{ tier: string }>(
      `select state #>> '{fields,tier}' as tier from contacts where id = $1`,
      [contact],
    );
    expect(rows[0]?.tier).toBe('gold');
  });
  const { rows } = await pool.query<{ properties: Properties }>(
    `select properties from events where contact_id = $1 and type = 'ripen.answer'`,
    [contact],
  );
  expect(rows.map(({ properties }) => properties)).toMatchObject([
    { port: 'response', detail: { status: 200, body: { tier: 'gold' } } },
  ]);
});

test('a request that is refused for good goes on by its other output, dated then', async () => {
  world.receiver.answer = (response) => response.writeHead(404).end();
  const contact = await world.happens('refused', eventOf('http_request'));
  const run = await eventually(async () => {
    const found = await world.runOf(contact, eventOf('http_request'));
    expect(found.status).toBe('completed');
    return found;
  });
  expect(run.trail.filter(({ node }) => node === 'node').map(({ port }) => port)).toEqual([null, 'failed']);
  const { rows } = await world.engine.store.pool.query('select status, answer from deliveries where run_id = $1', [
    run.id,
  ]);
  expect(rows).toEqual([{ status: 'failed', answer: 'given' }]);
});

test('a request that nobody takes is tried for a day in the clock of Temporal; its answer is as late', async () => {
  world.receiver.answer = (response) => response.writeHead(503).end();
  const contact = await world.happens('patient', eventOf('http_request'));
  await world.environment.sleep(3_600_000);
  expect((await world.runOf(contact, eventOf('http_request'))).status).toBe('waiting');
  world.receiver.answer = (response) => response.end();
  await world.environment.sleep(3_600_000);
  const run = await eventually(async () => {
    const found = await world.runOf(contact, eventOf('http_request'));
    expect(found.status).toBe('completed');
    return found;
  });
  const [asked, answered] = run.trail.filter(({ node }) => node === 'node');
  // Dated by the attempt that was answered; this server dates an attempt by the end of the one before it.
  expect((answered?.at ?? 0) - (asked?.at ?? 0)).toBeGreaterThanOrEqual(2_700_000);
});
