/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call --
   answers are looked into freely: the server under test checks each against its schema */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestServer } from '../api/support.ts';
import { allPages, identify, startLists, track } from './support.ts';

const equals = (field: string, value: string) => ({ kind: 'field', field, is: { op: 'equals', value } });
const models = [
  {
    ...{ kind: 'model', id: 'grade', name: 'Grade', audience: { kind: 'not', of: equals('customer', 'yes') } },
    groups: [{ id: 'who', name: 'Who', kind: 'profile' }],
    rules: [
      { kind: 'profile', id: 'us', name: 'US', group: 'who', points: 30, when: equals('country', 'US') },
      { kind: 'profile', id: 'ceo', name: 'CEO', group: 'who', points: 50, when: equals('title', 'CEO') },
    ],
    bands: [
      { id: 'b', name: 'B', from: 30 },
      { id: 'a', name: 'A', from: 80 },
    ],
  },
  {
    ...{ kind: 'model', id: 'deeds', name: 'Deeds' },
    groups: [{ id: 'acts', name: 'Acts', kind: 'behaviour' }],
    rules: ['opened', 'clicked', 'asked'].map((event, power) => ({
      ...{ kind: 'behaviour', id: event, name: event, group: 'acts', points: 2 ** power, event },
    })),
    bands: [{ id: 'hot', name: 'Hot', from: 4 }],
  },
];
const people = 48;

let server: TestServer;
beforeAll(async () => {
  server = await startLists();
  expect((await server.post('/api/apply', { documents: models })).status).toBe(200);
  for (let n = 0; n < people; n++) {
    const id = `p${n}`;
    const fields = {
      country: n % 2 === 0 ? 'US' : 'DE',
      title: n % 3 === 0 ? 'CEO' : 'CTO',
      customer: n % 5 === 0 ? 'yes' : 'no',
    };
    const did = ['opened', 'clicked', 'asked'].filter((_, power) => Math.floor(n / 2 ** power) % 2 === 1);
    await server.send(identify(id, fields), ...did.map((event) => track(id, event)));
  }
  await server.drain();
});
afterAll(() => server[Symbol.asyncDispose]());

const listed = async (query: string): Promise<number> =>
  (await allPages<{ id: string }>(server, `/api/contacts?limit=7&${query}`)).length;

describe('cells of the grid', () => {
  test('are lists of exactly the contacts that they count, in either order', async () => {
    const { body: grid } = await server.get('/api/models/grade/grid?with=deeds');
    const cells: [string, number][] = grid.counts.flatMap((row: number[], down: number) =>
      row.map((count, across) => [
        `grade:${grid.rows[down].id ?? 'none'},deeds:${grid.columns[across].id ?? 'none'}`,
        count,
      ]),
    );
    expect(cells).toHaveLength(6);
    // Nobody is missing but the customers, who are outside the audience.
    expect(cells.reduce((sum, [, count]) => sum + count, 0)).toBe(people - Math.ceil(people / 5));
    expect(cells.filter(([, count]) => count > 0).length).toBeGreaterThan(3);
    for (const [band, count] of cells) {
      const { body } = await server.get(`/api/contacts?band=${band}&limit=1`);
      expect([band, body.total]).toEqual([band, { count, exact: true }]);
      for (const sort of ['newest', 'score'])
        expect([band, await listed(`band=${band}&sort=${sort}`)]).toEqual([band, count]);
    }
  });

  test('of one model are its bands, as its distribution counts them', async () => {
    const { body } = await server.get('/api/models/grade/distribution');
    expect(body.bands.map(({ id }: { id: string }) => id)).toEqual(['a', 'b', null]);
    for (const { id, count } of body.bands)
      expect([id, await listed(`band=grade:${id ?? 'none'}`)]).toEqual([id, count]);
  });

  test('narrow what else is asked for, and say which band is not there', async () => {
    const { body } = await server.get('/api/contacts?band=grade:a&q=nobody');
    expect(body.items).toEqual([]);
    expect((await server.get('/api/contacts?band=grade:z')).body).toMatchObject({
      status: 404,
      detail: /grade.*z/ as never,
    });
    expect((await server.get('/api/contacts?band=nope:a')).status).toBe(404);
    expect((await server.get('/api/contacts?band=grade')).status).toBe(400);
  });
});

describe('powers of two', () => {
  test('tell which rules hold; each combination is a segment of as many contacts', async () => {
    const { body } = await server.get('/api/models/deeds/combinations');
    expect(body).toMatchObject({ why: null, contacts: people });
    expect(body.items.map(({ score }: { score: number }) => score)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(body.items[1].rules).toEqual([
      { id: 'asked', name: 'asked' },
      { id: 'clicked', name: 'clicked' },
    ]);
    const documents = body.items.map(({ document }: { document: object }) => document);
    expect((await server.post('/api/apply', { documents })).status).toBe(200);
    const { body: counted } = await server.get('/api/segment-counts');
    const { body: again } = await server.get('/api/models/deeds/combinations');
    for (const { score, count, segment } of again.items) {
      expect([score, segment, count]).toEqual([score, `deeds-${score}`, people / 8]);
      expect(counted.items).toContainEqual({ segment, count, exact: true });
    }
  });

  test('are missing elsewhere, with the reason', async () => {
    const { body } = await server.get('/api/models/grade/combinations');
    expect(body).toMatchObject({ why: 'The points of its rules are not different powers of two.', items: [] });
  });
});
