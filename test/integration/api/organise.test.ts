/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   answers are looked into freely: the server under test checks each against its schema */
import type { BulkAct, BulkResult } from '@ripen/shared';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import * as definitions from './definitions.ts';
import { put } from './route-case.ts';
import { startServer, type Answer, type TestServer } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  expect((await server.post('/api/apply', { documents: definitions.documents })).status).toBe(200);
});
afterAll(() => server[Symbol.asyncDispose]());

const apply = (...documents: object[]) => server.post('/api/apply', { documents });
const bulk = async (act: BulkAct, ...automations: string[]): Promise<BulkResult[]> => {
  const answer = await server.post('/api/automations/bulk', { automations, act });
  expect(answer.status).toBe(200);
  return (answer.body as { items: BulkResult[] }).items;
};
const remove = (id: string): Promise<Answer> => server.call({ method: 'DELETE', path: `/api/automations/${id}` });
const statusOf = async (id: string): Promise<unknown> => (await server.get(`/api/automations/${id}`)).body.status;

const named = (id: string, more: object = {}) => ({ ...definitions.waiting, id, name: `The ${id}`, ...more });
const starting = (id: string, automation: string) =>
  named(id, {
    nodes: [{ id: 'go', type: 'start_automation', settings: { automation } }],
    edges: [{ from: 'start', to: 'go' }],
  });

test('what others in force start is neither archived nor deleted, and who they are is said', async () => {
  await apply(named('started'));
  await apply(starting('starter', 'started'));
  const said =
    'The automation "The started" is used by the automation "The starter" (start another automation). Take it out there first.';
  expect(await bulk({ kind: 'archive' }, 'started', 'starter')).toEqual([
    { id: 'started', name: 'The started', done: false, why: said },
    { id: 'starter', name: 'The starter', done: true, why: null },
  ]);
  const uses = (await server.get('/api/automations/starter/uses')).body;
  expect(uses.names).toContainEqual(
    expect.objectContaining({ kind: 'automation', id: 'started', name: 'The started', known: true }),
  );
  expect(await bulk({ kind: 'archive' }, 'started')).toMatchObject([{ done: true }]);
});

test('only what nobody entered is deleted; books keep the rest', async () => {
  await apply(named('entered', { triggers: [{ type: 'event', event: 'came_in' }] }), named('unused'));
  await server.send({ type: 'track', event: 'Came In', userId: 'ada', messageId: 'o1' });
  await server.drain();
  expect((await remove('unused')).body.detail).toBe('"The unused" was published. Archive it first.');
  await bulk({ kind: 'archive' }, 'entered', 'unused');
  const refused = await remove('entered');
  expect([refused.status, refused.body.detail]).toEqual([
    409,
    'Contacts went through it once, and their points and runs name it. It stays archived, out of the way.',
  ]);
  expect((await remove('unused')).status).toBe(204);
  expect([await statusOf('entered'), await statusOf('unused')]).toEqual(['archived', 404]);
  // The name is free again.
  expect((await apply(named('unused'))).body.published).toEqual([{ kind: 'automation', id: 'unused', version: 1 }]);
});

test('pausing, resuming, folders and labels of many; what fails says why and stops nothing', async () => {
  await apply(named('first'), named('second'));
  expect((await bulk({ kind: 'pause' }, 'first', 'nobody', 'second')).map(({ done }) => done)).toEqual([
    true,
    false,
    true,
  ]);
  expect(await bulk({ kind: 'pause' }, 'first')).toMatchObject([{ done: false, why: expect.any(String) }]);
  expect(await bulk({ kind: 'resume' }, 'first', 'second')).toMatchObject([{ done: true }, { done: true }]);
  await bulk({ kind: 'folder', folder: 'Together' }, 'first', 'second');
  await bulk({ kind: 'labels', add: ['A', 'B'] }, 'first', 'second');
  await bulk({ kind: 'labels', add: ['C'], remove: ['A'] }, 'second');
  const { items } = (await server.get('/api/automations')).body as { items: { id: string; labels: string[] }[] };
  const of = (id: string) => items.find((item) => item.id === id);
  expect(of('first')).toMatchObject({ status: 'live', folder: 'Together', labels: ['A', 'B'] });
  expect(of('second')).toMatchObject({ status: 'live', folder: 'Together', labels: ['B', 'C'] });
});

test('who draws an automation first owns it, until they leave', async () => {
  const person = { name: 'Drawer', email: 'drawer@example.com', role: 'marketer', password: 'draws all day long' };
  const { id } = (await server.post('/api/people', person)).body as { id: string };
  const browser = createBrowser(server);
  await browser.signIn(person);
  const call = put('/api/automations/drawn/draft', { document: named('drawn', { description: 'What for' }) });
  expect((await browser.call(call)).status).toBe(200);
  const listed = async () => {
    const { items } = (await server.get('/api/automations')).body as { items: { id: string }[] };
    return items.find((item) => item.id === 'drawn');
  };
  expect(await listed()).toMatchObject({ owner: { id, name: 'Drawer' }, description: 'What for' });
  await server.call({ method: 'DELETE', path: `/api/people/${id}` });
  expect(await listed()).toMatchObject({ owner: null });
});

test('the same automation in another order of steps is no new version', async () => {
  const two = named('two', {
    nodes: [...definitions.waiting.nodes, { id: 'mark', type: 'add_label', settings: { label: 'Waited' } }],
    edges: [...definitions.waiting.edges, { from: 'pause', to: 'mark' }],
    layout: { pause: { x: 1.2, y: 3 } },
  });
  await apply(two);
  const turned = {
    ...two,
    nodes: two.nodes.toReversed(),
    edges: two.edges.toReversed(),
    layout: { pause: { x: 1, y: 3 } },
  };
  expect((await apply(turned)).body).toMatchObject({ published: [], unchanged: [{ id: 'two', version: 1 }] });
});

test('documents of another workspace: what is not here, with near names, and mapped', async () => {
  const document = {
    ...definitions.handOver,
    id: 'from-elsewhere',
    triggers: [{ type: 'event', event: 'call_requestd' }],
    nodes: [
      { id: 'tell', type: 'notify', settings: { channel: 'hooks', body: '{{countri}} {{score:intrest}}' } },
      { id: 'give', type: 'route', settings: { queue: 'sales' } },
    ],
  };
  const asked = (map: object[]) => server.post('/api/references', { documents: [document], map });
  const first = (await asked([])).body;
  expect(first.documents[0]).toMatchObject({ nodes: document.nodes });
  expect(
    (first.unknown as { kind: string; id: string; needed: boolean; suggestions: { id: string }[] }[]).map((one) => [
      one.kind,
      one.id,
      one.needed,
      one.suggestions[0]?.id,
    ]),
  ).toEqual([
    ['channel', 'hooks', true, 'hook'],
    ['model', 'intrest', true, 'interest'],
    ['event_type', 'call_requestd', false, 'call_requested'],
    ['field', 'countri', false, 'country'],
  ]);
  const second = (
    await asked([
      { kind: 'channel', from: 'hooks', to: 'hook' },
      { kind: 'model', from: 'intrest', to: 'interest' },
      { kind: 'event_type', from: 'call_requestd', to: 'call_requested' },
      { kind: 'field', from: 'countri', to: 'country' },
    ])
  ).body;
  expect(second.unknown).toEqual([]);
  expect(second.documents[0]).toMatchObject({
    triggers: [{ event: 'call_requested' }],
    nodes: [{ settings: { channel: 'hook', body: '{{country}} {{score:interest}}' } }, {}],
  });
  expect((await apply(second.documents[0] as object)).status).toBe(200);
  // What comes along need not be here.
  const { channel, queue } = definitions;
  const along = [document, { ...channel, id: 'hooks' }, queue];
  const third = (await server.post('/api/references', { documents: along })).body;
  expect((third.unknown as { id: string }[]).map(({ id }) => id)).not.toContain('hooks');
});
