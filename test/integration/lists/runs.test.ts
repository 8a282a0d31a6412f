/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call --
   answers are looked into freely: the server under test checks each against its schema */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../api/support.ts';
import { allPages, identify, noon, track, workspace } from './support.ts';

interface Item {
  id: string;
  startedAt: string;
  status: string;
  version: number;
}

const minute = 60_000;
let server: TestServer;

beforeAll(async () => {
  server = await startServer({ temporalUi: { url: 'http://127.0.0.1:8233/', namespace: 'default' } });
  const { pool } = server.deps.store;
  expect((await server.post('/api/apply', { documents: workspace })).status).toBe(200);
  const round = async (from: number): Promise<void> => {
    for (let n = from; n < from + 12; n++) {
      server.clock.set(noon + n * minute);
      await server.send(identify(`user-${n}`, { name: `User ${n}` }), track(`user-${n}`, 'demo_asked'));
      if (n % 3 === 0) await server.send(track(`user-${n}`, 'visited'));
      await server.drain();
    }
  };
  await round(0);
  const demo = workspace.find(({ id }) => id === 'demo');
  const changed = { ...demo, name: 'Demo, again' };
  expect((await server.post('/api/apply', { documents: [changed] })).status).toBe(200);
  await round(12);
  await pool.query(
    `update runs set status = 'failed', error = 'It broke.' where id in
       (select id from runs where status = 'waiting' order by id limit 4)`,
  );
});
afterAll(() => server[Symbol.asyncDispose]());

describe('runs', () => {
  test.each([
    ['', 24],
    ['automation=demo', 24],
    ['automation=demo&version=1', 12],
    ['automation=demo&version=2&status=completed', 4],
    ['automation=demo&version=7', 0],
    ['automation=to-sales', 0],
    ['status=completed', 8],
    ['status=failed', 4],
    ['status=cancelled', 0],
    ['automation=demo&node=wait&status=waiting', 12],
    ['automation=demo&node=bonus', 8],
    [
      `startedFrom=${new Date(noon + 4 * minute).toISOString()}&startedBefore=${new Date(noon + 20 * minute).toISOString()}`,
      16,
    ],
  ])('by "%s" are %i, newest first, whatever the size of pages', async (query, count) => {
    const whole = await allPages<Item>(server, `/api/runs?${query}&limit=200`);
    expect(whole).toHaveLength(count);
    expect(whole.map(({ startedAt }) => startedAt)).toEqual(
      whole
        .map(({ startedAt }) => startedAt)
        .sort()
        .reverse(),
    );
    expect(await allPages<Item>(server, `/api/runs?${query}&limit=5`)).toEqual(whole);
  });

  test('are counted without looking at them where counters know', async () => {
    expect((await server.get('/api/runs?automation=demo&status=completed')).body.total).toEqual({
      count: 8,
      exact: true,
    });
    expect((await server.get('/api/runs?automation=demo&version=2')).body.total).toEqual({ count: 12, exact: true });
    const first = (await server.get('/api/runs?limit=5')).body;
    expect(first.total.count).toBe(24);
    expect((await server.get(`/api/runs?limit=5&after=${first.next}`)).body.total).toBeNull();
  });

  test('say whose they are and where, in words', async () => {
    const { body } = await server.get('/api/runs?status=waiting&limit=1');
    expect(body.items[0]).toMatchObject({
      contact: { name: expect.stringMatching(/^User \d+$/) },
      automationName: 'Demo, again',
      node: 'wait',
      nodeTitle: 'Wait for an event',
    });
    const run = (await server.get(`/api/runs/${body.items[0].id}`)).body;
    expect(run.trail).toEqual([
      {
        node: 'wait',
        type: 'wait_event',
        title: 'Wait for an event',
        at: run.startedAt,
        port: null,
        note: 'for visited, at most 7 days',
      },
    ]);
    expect(run.temporalUrl).toBe(`http://127.0.0.1:8233/namespaces/default/workflows/run-${run.id}`);
    const done = (await server.get('/api/runs?status=completed&limit=1')).body.items[0];
    expect((await server.get(`/api/runs/${done.id}`)).body.trail.map((step: { title: string }) => step.title)).toEqual([
      'Wait for an event',
      'Wait for an event',
      'Add points',
    ]);
  });

  test.each(['version=1', 'node=wait'])('%s without an automation cannot be asked', async (query) => {
    expect((await server.get(`/api/runs?${query}`)).body.code).toBe('invalid_request');
  });
});

test('one version of a definition is read by its number', async () => {
  const { body } = await server.get('/api/automations/demo/versions/1');
  expect([body.version, body.document.name]).toEqual([1, 'Demo']);
  expect((await server.get('/api/automations/demo/versions/3')).status).toBe(404);
});
