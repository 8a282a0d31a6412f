/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-argument --
   answers are looked into freely: the server under test checks each against its schema */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as definitions from './definitions.ts';
import { startServer, type TestServer } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.post('/api/apply', { documents: definitions.documents });
});
afterAll(() => server[Symbol.asyncDispose]());

/** Labels who asked for a demo, a day later; its test says so. */
const tested = (label: string, path = ['pause', 'pause next', 'tag next']) => ({
  ...{ kind: 'automation', id: 'tested', name: 'Tested', triggers: [{ type: 'event', event: 'demo_requested' }] },
  nodes: [
    { id: 'pause', type: 'wait_time', settings: { duration: { amount: 1, unit: 'days' } } },
    { id: 'tag', type: 'add_label', settings: { label } },
  ],
  edges: [
    { from: 'start', to: 'pause' },
    { from: 'pause', to: 'tag' },
  ],
  scenarios: [
    {
      ...{ id: 'asks', name: 'Asks for a demo', startsAt: '2026-03-02T09:00:00Z', days: 3 },
      contact: {},
      happens: [{ kind: 'event', afterMinutes: 60, event: 'demo_requested' }],
      expects: { stage: null, scores: { interest: 0 }, path, notifications: 0, leads: 0 },
    },
  ],
});
/** Its step goes another way than the test says. */
const parted = (label: string) => tested(label, ['pause', 'pause next']);
const base = '/api/automations/tested';
const save = async (document: object): Promise<void> => {
  const { body } = await server.get(base);
  const saved = await server.call({
    method: 'PUT',
    path: `${base}/draft`,
    body: { document, edition: body.draft?.edition ?? null },
  });
  expect(saved.status).toBe(200);
};
const versions = async (): Promise<{ version: number; despite: object | null }[]> =>
  (await server.get(`${base}/versions`)).body.items ?? [];

test('a draft whose tests go as saved is published', async () => {
  await save(tested('one'));
  expect((await server.post(`${base}/publish`)).status).toBe(200);
  expect(await versions()).toMatchObject([{ version: 1, despite: null }]);
});

test('one whose test goes another way is refused: which test, what differs, and at which step', async () => {
  await save(parted('two'));
  const validated = await server.post(`${base}/validate`);
  const refused = await server.post(`${base}/publish`);
  expect([refused.status, refused.body.code]).toEqual([422, 'invalid_definitions']);
  const problem = {
    code: 'scenario_failed',
    document: { kind: 'automation', id: 'tested' },
    node: 'tag',
    path: 'scenarios.0',
    message: 'The test "Asks for a demo" goes another way. It goes on to "Add label", and ended at "Wait for a time".',
  };
  expect(refused.body.errors).toEqual([expect.objectContaining(problem)]);
  expect(validated.body.valid).toBe(false);
  expect(validated.body.problems).toContainEqual(expect.objectContaining({ severity: 'error', ...problem }));
  expect(await versions()).toHaveLength(1);
});

test('with a reason it is published all the same; who said it, why, and what failed stay with the version', async () => {
  const published = await server.post(`${base}/publish`, { despiteTests: '  The test is old. ' });
  expect(published.status).toBe(200);
  expect((await versions())[0]).toMatchObject({
    version: 2,
    despite: {
      reason: 'The test is old.',
      by: expect.any(String),
      failed: [expect.stringContaining('Asks for a demo')],
    },
  });
});

test('an empty reason is none', async () => {
  await save(parted('three'));
  expect((await server.post(`${base}/publish`, { despiteTests: ' ' })).status).toBe(400);
});

test('apply runs them among all that is applied with them, also when it only checks', async () => {
  const before = (await server.get('/api/status')).body.revision;
  const dry = await server.post('/api/apply', { documents: [parted('four')], dryRun: true });
  expect(dry.status).toBe(422);
  expect(dry.body.errors).toContainEqual(expect.objectContaining({ code: 'scenario_failed', node: 'tag' }));
  const refused = await server.post('/api/apply', { documents: [parted('four')] });
  expect([refused.status, refused.body.errors[0].node]).toEqual([422, 'tag']);
  expect((await server.get('/api/status')).body.revision).toBe(before);
  const reasoned = await server.post('/api/apply', { documents: [parted('four')], despiteTests: 'On purpose' });
  expect(reasoned.status).toBe(200);
  // What is in force already is not tried again.
  expect((await server.post('/api/apply', { documents: [parted('four')] })).status).toBe(200);
});

/** Points for who asked; the model's next version gives others. */
const giving = {
  ...{ kind: 'automation', id: 'giving', name: 'Giving' },
  triggers: [{ type: 'score_crosses', model: 'warmth', value: 5, direction: 'up' }],
  nodes: [{ id: 'tag', type: 'add_label', settings: { label: 'warm' } }],
  edges: [{ from: 'start', to: 'tag' }],
  scenarios: [
    {
      ...{ id: 'warms', name: 'Warms up', startsAt: '2026-03-02T09:00:00Z', days: 1 },
      contact: {},
      happens: [{ kind: 'event', afterMinutes: 60, event: 'warmed' }],
      expects: { stage: null, scores: { warmth: 6 }, path: ['tag next'], notifications: 0, leads: 0 },
    },
  ],
};
const warmth = (points: number) => ({
  ...{ kind: 'model', id: 'warmth', name: 'Warmth', groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }] },
  rules: [{ kind: 'behaviour', id: 'warms', name: 'Warms', group: 'acts', event: 'warmed', points }],
});
const failingOf = ({ errors = [] }: { errors?: { code: string; message: string }[] }): string[] =>
  errors.filter(({ code }) => code === 'scenario_failed').map(({ message }) => message);
const publishModel = async (points: number, more: object = {}) => {
  const { body } = await server.get('/api/models/warmth');
  const edition = body.draft?.edition ?? null;
  await server.call({ method: 'PUT', path: '/api/models/warmth/draft', body: { document: warmth(points), edition } });
  return server.post('/api/models/warmth/publish', more);
};

test('a changed model runs the tests of live automations that use it, and says which automation and test', async () => {
  const first = await server.post('/api/apply', { documents: [warmth(6), giving] });
  expect(first.status).toBe(200);
  const refused = await publishModel(4);
  expect([refused.status, refused.body.errors.length]).toEqual([422, 1]);
  expect(refused.body.errors[0]).toMatchObject({
    code: 'scenario_failed',
    document: { kind: 'automation', id: 'giving' },
    message:
      'The test "Warms up" of the automation "Giving" goes another way. Warmth is 4, not 6. It does not enter any more.',
  });
  // Applied together with the automation as it is: the same.
  const applied = await server.post('/api/apply', { documents: [giving, warmth(4)], dryRun: true });
  expect(failingOf(applied.body)).toHaveLength(1);

  const overruled = await publishModel(4, { despiteTests: 'Less is enough' });
  expect(overruled.status).toBe(200);
  const kept = (await server.get('/api/models/warmth/versions')).body.items[0].despite;
  expect(kept).toMatchObject({ reason: 'Less is enough', failed: [expect.stringContaining('"Giving"')] });
  // Its tests go another way already: what changes now does not bring that.
  expect((await publishModel(3)).status).toBe(200);
});

test('a changed segment or lifecycle runs the tests of automations that use them by way of others', async () => {
  const among = (above: number) => ({
    ...{ kind: 'segment', id: 'warm-ones', name: 'Warm ones' },
    when: { kind: 'score', model: 'warmth', atLeast: above },
  });
  const entering = {
    ...giving,
    ...{ id: 'entering', name: 'Entering', triggers: [{ type: 'segment_entered', segment: 'warm-ones' }] },
    scenarios: giving.scenarios.map((scenario) => ({
      ...scenario,
      expects: { ...scenario.expects, scores: { warmth: 3 } },
    })),
  };
  const first = await server.post('/api/apply', { documents: [among(2), entering] });
  expect(first.body).toMatchObject({ published: expect.any(Array) });
  const said = async (documents: object[]): Promise<string[]> => {
    const { body } = await server.post('/api/apply', { documents, dryRun: true });
    return failingOf(body);
  };
  expect(await said([among(9)])).toEqual([expect.stringContaining('of the automation "Entering" goes another way')]);
  expect(await said([warmth(1)])).toContainEqual(expect.stringContaining('of the automation "Entering"'));
  expect(await said([among(3)])).toEqual([]);
});
