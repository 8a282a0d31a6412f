/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call --
   answers are looked into freely: the server under test checks each against its schema */
import { expect } from 'vitest';
import { bad, get, nobody, unknown, type Case } from './route-case.ts';

/** Accounts: lists, pages, their contacts, what becomes of them. */
export const accountCases: Record<string, Case> = {
  'GET /api/accounts': {
    happy: () => get('/api/accounts?sort=score&q=acm&model=company'),
    shows: (answer, f) =>
      expect(answer.body).toMatchObject({
        items: [{ id: f.account, name: 'Acme', contacts: 1, scores: [{ model: 'company', shown: true }] }],
        total: { count: 1, exact: true },
      }),
    invalid: bad(get('/api/accounts?sort=size')),
  },
  'GET /api/accounts/:id': {
    happy: (f) => get(`/api/accounts/${f.account}`),
    shows: ({ body }, f) => {
      expect(body.fields).toMatchObject({ 'account.industry': 'Software', 'account.contacts': 1 });
      const [score] = body.scores;
      expect(score.lines.map(({ kind, contact }: { kind: string; contact: string | null }) => [kind, contact])).toEqual(
        [
          ['contact', f.contact],
          ['rule', null],
        ],
      );
      expect(score.lines.reduce((sum: number, { points }: { points: number }) => sum + points, 0)).toBe(score.score);
    },
    invalid: unknown(`/api/accounts/${nobody}`),
  },
  'GET /api/accounts/:id/contacts': {
    happy: (f) => get(`/api/accounts/${f.account}/contacts`),
    shows: (answer, f) => expect(answer.body.items.map(({ id }: { id: string }) => id)).toEqual([f.contact]),
    invalid: unknown(`/api/accounts/${nobody}/contacts`),
  },
  'GET /api/accounts/:id/forecast': {
    happy: (f) => get(`/api/accounts/${f.account}/forecast?days=30`),
    shows: ({ body }) => {
      expect(body).toMatchObject({ contacts: 1, followed: 1, models: [{ model: 'company' }] });
      expect(body.models[0].points).toHaveLength(11);
      expect(body.models[0].points.at(-1).at).toBe(body.until);
    },
    invalid: (f) => [get(`/api/accounts/${f.account}/forecast?days=0`), 400],
  },
  'GET /api/account-models/:id/checks': {
    happy: () => get('/api/account-models/company/checks'),
    shows: (answer) => expect(answer.body).toEqual({ items: [] }),
    invalid: unknown('/api/account-models/gone/checks'),
  },
};
