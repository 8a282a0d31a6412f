/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call --
   answers are looked into freely: the server under test checks each against its schema */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestServer } from '../api/support.ts';
import { allPages, dayMs, identify, noon, startLists, track } from './support.ts';

const segments = [
  {
    kind: 'segment',
    id: 'visitors',
    name: 'Visitors',
    when: { kind: 'performed', event: 'visited', atLeast: 2, withinDays: 10 },
  },
  {
    kind: 'segment',
    id: 'us-visitors',
    name: 'US visitors',
    when: {
      kind: 'all',
      of: [
        { kind: 'segment', segment: 'visitors' },
        { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } },
        { kind: 'score', model: 'interest', atLeast: 15 },
      ],
    },
  },
  {
    kind: 'segment',
    id: 'asked',
    name: 'Asked',
    when: {
      kind: 'all',
      of: [
        { kind: 'label', label: 'Asked Us' },
        { kind: 'stage', in: [null] },
      ],
    },
  },
];
const watching = {
  kind: 'automation',
  id: 'watch',
  name: 'Watch',
  triggers: [{ type: 'segment_entered', segment: 'visitors' }],
  nodes: [{ id: 'mark', type: 'add_label', settings: { label: 'Regular' } }],
  edges: [{ from: 'start', to: 'mark' }],
};
const leaving = {
  ...watching,
  id: 'leaving',
  triggers: [{ type: 'segment_left', segment: 'visitors' }],
  nodes: [{ id: 'mark', type: 'remove_label', settings: { label: 'Regular' } }],
};
const people = 24;

let server: TestServer;
beforeAll(async () => {
  server = await startLists();
  expect((await server.post('/api/apply', { documents: [...segments, watching, leaving] })).status).toBe(200);
  const all = Array.from({ length: people }, (_, n) => `p${String(n)}`);
  await server.send(...all.map((id, n) => identify(id, { name: `Person ${id}`, country: n % 3 === 0 ? 'US' : 'DE' })));
  await server.send(...all.flatMap((id, n) => (n % 2 === 0 ? [track(id, 'visited'), track(id, 'visited')] : [])));
  await server.send(track('p1', 'form_sent'), identify('p2', { name: '=HYPERLINK("x")', city: 'Graz, Austria' }));
  await server.drain();
});
afterAll(() => server[Symbol.asyncDispose]());

interface Item {
  userId: string;
  labels: string[];
}
const members = async (query: string): Promise<string[]> =>
  (await allPages<Item>(server, `/api/contacts?${query}`)).map(({ userId }) => userId).sort();
const even = Array.from({ length: people / 2 }, (_, n) => `p${String(n * 2)}`).sort();
const sixth = Array.from({ length: people / 6 }, (_, n) => `p${String(n * 6)}`).sort();

describe('segments', () => {
  test('are counted, together', async () => {
    const { body } = await server.get('/api/segment-counts');
    expect(body.items).toEqual([
      { segment: 'asked', count: 1, exact: true },
      { segment: 'us-visitors', count: sixth.length, exact: true },
      { segment: 'visitors', count: even.length, exact: true },
    ]);
  });

  test('filter the list, in either order, by pages of any size, beside other filters', async () => {
    for (const sort of ['newest', 'score'])
      for (const limit of [1, 5, 200]) {
        expect(await members(`segment=visitors&sort=${sort}&limit=${String(limit)}`)).toEqual(even);
        expect(await members(`segment=us-visitors&sort=${sort}&limit=${String(limit)}`)).toEqual(sixth);
      }
    expect(await members('segment=asked&limit=5')).toEqual(['p1']);
    expect(await members('segment=visitors&q=Person%20p4&limit=5')).toEqual(['p4']);
    const { body } = await server.get('/api/contacts?segment=visitors&stage=none&limit=5');
    expect(body.total).toEqual({ count: 0, exact: true });
    expect((await server.get('/api/contacts?segment=nowhere')).status).toBe(404);
  });

  test('are previewed before they are there', async () => {
    const when = {
      kind: 'all',
      of: [segments[0]?.when, { kind: 'not', of: { kind: 'segment', segment: 'us-visitors' } }],
    };
    const { body } = await server.post('/api/segments/preview', { when });
    expect(body.total).toEqual({ count: even.length - sixth.length, exact: true });
    expect(body.items).toHaveLength(5);
  });

  test('are written as CSV, without formulas', async () => {
    const { body } = await server.get('/api/segments/visitors/contacts.csv?fields=city');
    const lines = String(body).trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      'id,userId,name,email,company,stage,labels,lastActivityAt,createdAt,score:fit,score:interest,field:city',
    );
    expect(lines).toHaveLength(1 + even.length);
    expect(lines.find((line) => line.includes(',p2,'))).toMatch(/"'=HYPERLINK\(""x""\)".*,"Graz, Austria"$/);
  });

  test('say where they are used, and are archived only when they are not', async () => {
    const { body } = await server.get('/api/segments/visitors/uses');
    expect(body.items.map(({ kind, id, part }: Record<string, string>) => [kind, id, part])).toEqual([
      ['automation', 'leaving', 'trigger'],
      ['automation', 'watch', 'trigger'],
      ['segment', 'us-visitors', null],
    ]);
    const refused = await server.call({ method: 'POST', path: '/api/segments/visitors/archive' });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      {
        path: '',
        code: 'unknown_segment',
        severity: 'error',
        document: { kind: 'segment', id: 'visitors' },
        message:
          'The segment "Visitors" is used by the automation "Watch" (trigger) and the segment "US visitors". Take it out there first.',
      },
    ]);
    const cyclic = { ...segments[0], when: { kind: 'segment', segment: 'us-visitors' } };
    const circle = await server.post('/api/apply', { documents: [cyclic] });
    expect(circle.status).toBe(422);
    expect(circle.body.errors.map(({ message }: Record<string, string>) => message)).toContain(
      'The segment contains itself: "Visitors" refers to "US visitors" refers to "Visitors". Take one of these references out.',
    );
  });

  test('start automations when contacts enter, and when time takes them out', async () => {
    expect(await members('label=Regular&limit=50')).toEqual(even);
    server.clock.set(noon + 11 * dayMs);
    await server.drain();
    expect(await members('label=Regular&limit=50')).toEqual([]);
    expect(await members('segment=visitors&limit=50')).toEqual([]);
  });
});
