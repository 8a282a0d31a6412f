/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-argument --
   answers are looked into freely: the server under test checks each against its schema */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as definitions from './definitions.ts';
import { startServer, type TestServer } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const apply = (documents: object[], more: object = {}) => server.post('/api/apply', { documents, ...more });
const revision = async (): Promise<number> => (await server.get('/api/status')).body.revision;

describe('publishing', () => {
  test('many documents are published as one; the same again changes nothing', async () => {
    const first = await apply(definitions.documents);
    expect([first.status, first.body.published.length]).toEqual([200, definitions.documents.length]);
    const again = await apply(definitions.documents);
    expect(again.body).toMatchObject({ revision: first.body.revision, published: [] });
    expect(again.body.unchanged).toHaveLength(definitions.documents.length);
  });

  test('one invalid document keeps all of them out, and the problem says document, node and path', async () => {
    const before = await revision();
    const broken = {
      ...definitions.handOver,
      id: 'broken',
      nodes: [{ id: 'give', type: 'route', settings: { queue: 'nobody' } }],
      edges: [{ from: 'start', to: 'give' }],
    };
    const { status, body } = await apply([{ ...definitions.model, id: 'fine' }, broken]);
    expect([status, body.code]).toEqual([422, 'invalid_definitions']);
    expect(body.errors).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        code: 'unknown_queue',
        document: { kind: 'automation', id: 'broken' },
        node: 'give',
      }),
    );
    expect(await revision()).toBe(before);
    expect((await server.get('/api/models/fine')).status).toBe(404);
  });

  test.each<[string, object, string]>([
    ['an unknown field', { ...definitions.model, speed: 9 }, 'documents.0'],
    [
      'an unknown field of a node',
      {
        ...definitions.waiting,
        nodes: [{ id: 'pause', type: 'wait_time', settings: { duration: { amount: 1, unit: 'days' }, extra: 1 } }],
      },
      'documents.0.nodes.0.settings',
    ],
    [
      'an unknown node',
      { ...definitions.waiting, nodes: [{ id: 'pause', type: 'teleport', settings: {} }] },
      'documents.0.nodes.0.type',
    ],
    ['an unknown kind', { kind: 'spell', id: 'x' }, 'documents.0.kind'],
    ['a wrong number', { ...definitions.model, halfLifeDays: -3 }, 'documents.0.halfLifeDays'],
  ])('%s is refused where it is', async (_name, document, path) => {
    const { status, body } = await apply([document]);
    expect([status, body.code]).toEqual([422, 'invalid_definitions']);
    expect(body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });

  test.each([
    [
      'a half-life of zero',
      { ...definitions.model, halfLifeDays: 0 },
      'documents.0.halfLifeDays',
      'must be a minute at least; leave it out where there is none',
    ],
    [
      'thresholds that contradict each other',
      {
        kind: 'lifecycle',
        model: definitions.model.id,
        stages: [
          { id: 'mql', name: 'MQL', threshold: 75 },
          { id: 'sql', name: 'SQL', threshold: 80, margin: 10 },
        ],
      },
      'stages.1.threshold',
      '"SQL" starts at 80 (70 with its margin), but "MQL" before it at 75: it must lie above the stage before it, its margin included.',
    ],
  ])('%s: refused, and the sentence says what is wrong', async (_name, document, path, message) => {
    const { status, body } = await apply([document]);
    expect([status, body.code]).toEqual([422, 'invalid_definitions']);
    expect(body.errors).toContainEqual(expect.objectContaining({ path, message }));
  });

  test('a field that rules look at is not deleted, and nothing new looks at one that is', async () => {
    const country = { ...definitions.field, deleted: true };
    const refused = await apply([country]);
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid_definitions']);
    expect(refused.body.errors).toContainEqual(
      expect.objectContaining({
        code: 'deleted_field',
        document: { kind: 'model', id: 'interest' },
        path: 'rules.1.when',
      }),
    );
    expect((await apply([{ ...country, id: 'fax' }])).status).toBe(200);
    const rules = [{ ...definitions.model.rules[1], when: { kind: 'field', field: 'fax', is: { op: 'is_set' } } }];
    const late = await apply([{ ...definitions.model, id: 'late', rules }]);
    expect(late.body.errors).toMatchObject([{ code: 'deleted_field', document: { kind: 'model', id: 'late' } }]);
    // Brought back, it can be used again.
    expect((await apply([{ ...country, id: 'fax', deleted: false }])).status).toBe(200);
    expect((await apply([{ ...definitions.model, id: 'late', rules }], { dryRun: true })).status).toBe(200);
  });

  test('a draft that is invalid is kept, told what is wrong, and not published', async () => {
    const document = {
      ...definitions.waiting,
      id: 'loop',
      nodes: [...definitions.waiting.nodes, { id: 'lost', type: 'end', settings: {} }],
    };
    expect((await server.call({ method: 'PUT', path: '/api/automations/loop/draft', body: { document } })).status).toBe(
      200,
    );
    const checked = await server.post('/api/automations/loop/validate');
    expect(checked.body.valid).toBe(false);
    expect(checked.body.problems).toContainEqual(expect.objectContaining({ code: 'unreachable_node', node: 'lost' }));
    expect((await server.post('/api/automations/loop/publish')).status).toBe(422);
    expect((await server.get('/api/automations/loop')).body).toMatchObject({ status: 'draft', version: null });
  });

  test('a document under the name of another is refused', async () => {
    await server.call({ method: 'PUT', path: '/api/queues/other/draft', body: { document: definitions.queue } });
    const { status, body } = await server.post('/api/queues/other/publish');
    expect([status, body.errors[0].code]).toEqual([422, 'other_document']);
  });

  test('two savers of one draft: the second is told', async () => {
    const save = (edition: number | null) =>
      server.call({ method: 'PUT', path: '/api/models/shared/draft', body: { document: { kind: 'model' }, edition } });
    const first = await save(null);
    expect((await save(null)).status).toBe(409);
    expect((await save(first.body.edition)).status).toBe(200);
    expect((await save(first.body.edition)).status).toBe(409);
  });

  test('what others need cannot be archived', async () => {
    await apply(definitions.documents);
    const { status, body } = await server.post('/api/queues/sales/archive');
    expect([status, body.code]).toEqual([422, 'invalid_definitions']);
    expect(body.errors[0].document).toEqual({ kind: 'automation', id: 'hand-over' });
  });

  test('publications at once each get a revision of their own', async () => {
    const before = await revision();
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) => apply([{ ...definitions.eventType, id: `kind_${n}` }])),
    );
    expect(answers.map((answer) => answer.body.revision - before).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test('a dry run publishes nothing', async () => {
    const before = await revision();
    expect((await apply([{ ...definitions.model, id: 'dry' }], { dryRun: true })).status).toBe(200);
    expect(await revision()).toBe(before);
  });

  test('reserved keys and bottomless nesting are refused', async () => {
    const polluted = await server.call({
      path: '/api/apply',
      raw: '{"documents":[{"kind":"model","__proto__":{"x":1}}]}',
    });
    expect([polluted.status, polluted.body.code]).toEqual([400, 'invalid_request']);
    const deep = await server.call({
      path: '/api/apply',
      raw: `{"documents":[${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}]}`,
    });
    expect([deep.status, deep.body.code]).toEqual([400, 'invalid_request']);
    const nul = await server.call({ path: '/api/imports', raw: '{"name":"a\\u0000"}' });
    expect([nul.status, nul.body.code]).toEqual([400, 'invalid_request']);
  });
});

describe('Idempotency-Key', () => {
  const open = (key: string, name: string) =>
    server.call({ path: '/api/imports', body: { name }, headers: { 'idempotency-key': key } });

  test('the same write is done once and answered the same', async () => {
    const first = await open('one', 'load');
    const second = await open('one', 'load');
    expect([second.status, second.body, second.headers.get('idempotent-replay')]).toEqual([
      first.status,
      first.body,
      'true',
    ]);
  });

  test('at once, too', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => open('many', 'load')));
    const done = answers.filter((answer) => answer.status === 201);
    expect(new Set(done.map((answer) => answer.body.id)).size).toBe(1);
    expect(answers.every((answer) => [201, 409].includes(answer.status))).toBe(true);
  });

  test('for another request it is refused; an invalid request keeps nothing', async () => {
    await open('reused', 'load');
    expect((await open('reused', 'another')).status).toBe(422);
    expect((await open('again', '')).status).toBe(400);
    expect((await open('again', 'now valid')).status).toBe(201);
  });

  test('what becomes of those inside is said with the publication, for automations only', async () => {
    const draft = (collection: string, document: { id: string }) =>
      server.call({
        method: 'PUT',
        path: `/api/${collection}/${document.id}/draft`,
        body: { document, edition: null },
      });
    await draft('automations', { ...definitions.waiting, id: 'told' });
    const published = await server.post('/api/automations/told/publish', { inside: 'move' });
    expect([published.status, published.body.jobId]).toEqual([200, null]);
    await draft('models', { ...definitions.model, id: 'untold' });
    const refused = await server.post('/api/models/untold/publish', { inside: 'move' });
    expect([refused.status, refused.body.detail]).toEqual([
      400,
      expect.stringContaining('Nobody waits inside a model'),
    ]);
    expect((await server.post('/api/models/untold/publish', { inside: 'stay' })).status).toBe(400);
  });
});
