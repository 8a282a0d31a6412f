/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return --
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
