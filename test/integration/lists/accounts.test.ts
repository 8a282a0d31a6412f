/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call --
   answers are looked into freely: the server under test checks each against its schema */
import { refreshAccounts } from '@ripen/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestServer } from '../api/support.ts';
import { allPages, identify, noon, startLists, track } from './support.ts';

const sheet = {
  kind: 'account_model',
  id: 'company',
  name: 'Company',
  contacts: [{ model: 'interest', together: { kind: 'sum' } }],
  audience: { kind: 'field', field: 'account.name', is: { op: 'not_equals', value: 'Hidden' } },
  bands: [
    { id: 'hot', name: 'Hot', from: 30 },
    { id: 'cold', name: 'Cold', from: 0 },
  ],
};
const named = ['Initech', 'acme', 'Globex', 'Umbrella', 'Acme Labs', 'Hooli', 'Hidden'];

interface Account {
  id: string;
  name: string;
  contacts: number;
  scores: { model: string; score: number; shown: boolean; band: { id: string } | null }[];
}

let server: TestServer;
beforeAll(async () => {
  server = await startLists();
  expect((await server.post('/api/apply', { documents: [sheet] })).status).toBe(200);
  // The first account has one contact who visited once, the second two who visited twice, and so on; the last two are alike.
  for (const [index, name] of named.entries()) {
    const size = Math.min(index, 4) + 1;
    for (let n = 0; n < size; n++) {
      const user = `${name}-${n}`;
      await server.send(identify(user, { company: { name, industry: 'Tools' } }));
      await server.send(...Array.from({ length: n === 0 ? size : 0 }, () => track(user, 'visited')));
    }
  }
  await server.drain();
  await refreshAccounts(server.deps, { now: noon });
});
afterAll(() => server[Symbol.asyncDispose]());

const list = (query: string) => allPages<Account>(server, `/api/accounts?${query}`);
const namesOf = (accounts: Account[]): string[] => accounts.map(({ name }) => name);

describe('accounts in order, page by page', () => {
  test('by name, whatever its case', async () => {
    expect(namesOf(await list('sort=name&limit=2'))).toEqual(
      [...named].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
    );
  });

  test('by how many contacts they have', async () => {
    const accounts = await list('sort=contacts&limit=3');
    expect(accounts.map(({ contacts }) => contacts)).toEqual([5, 5, 5, 4, 3, 2, 1]);
    expect(new Set(namesOf(accounts)).size).toBe(named.length);
  });

  test('newest', async () => {
    expect(new Set(namesOf(await list('sort=newest&limit=2')))).toEqual(new Set(named));
  });

  test('by score, without those outside the audience', async () => {
    const accounts = await list('sort=score&limit=2');
    expect(accounts.map(({ scores }) => scores[0]?.score)).toEqual([50, 50, 40, 30, 20, 10]);
    expect(namesOf(accounts)).not.toContain('Hidden');
  });

  test('in a band', async () => {
    expect(namesOf(await list('band=cold&sort=name'))).toEqual(['acme', 'Initech']);
    expect(await list('band=hot&sort=score&limit=1')).toHaveLength(4);
  });

  test('searched by the words of names and fields', async () => {
    expect(new Set(namesOf(await list('q=ACM&limit=1')))).toEqual(new Set(['acme', 'Acme Labs']));
    expect(await list('q=tools')).toHaveLength(named.length);
    expect(await list('q=nobody')).toEqual([]);
  });
});

test('a list by score of a model that is not there, and a place in another order, are refused', async () => {
  expect((await server.get('/api/accounts?sort=score&model=gone')).status).toBe(404);
  const { body } = await server.get('/api/accounts?sort=name&limit=1');
  expect((await server.get(`/api/accounts?sort=contacts&after=${body.next as string}`)).body.code).toBe(
    'invalid_cursor',
  );
});

test('a forecast fades on', async () => {
  const [account] = await list('q=globex');
  const forecast = await server.get(`/api/accounts/${account?.id ?? ''}/forecast?days=30`);
  const [company] = forecast.body.models;
  expect(company.points[0].score).toBe(30);
  expect(company.points.at(-1).score).toBe(15);
  expect(company.points.map(({ score }: { score: number }) => score)).toEqual(
    [...company.points].map(({ score }: { score: number }) => score).sort((a: number, b: number) => b - a),
  );
});

test('a contact names its account', async () => {
  const { body } = await server.get('/api/contacts/look-up?userId=Hooli-0');
  expect(body.account).toMatchObject({ name: 'Hooli' });
  const contacts = await allPages<{ id: string }>(
    server,
    `/api/accounts/${body.account.id as string}/contacts?limit=2`,
  );
  expect(contacts).toHaveLength(5);
  expect(contacts[0]?.id).toBe(body.id);
});
