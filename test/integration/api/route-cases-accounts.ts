/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call --
   answers are looked into freely: the server under test checks each against its schema */
import { refreshAccounts } from '@ripen/engine';
import { expect } from 'vitest';
import { bad, get, nobody, post, unknown, type Case } from './route-case.ts';
import { noon } from './support.ts';

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
  'POST /api/accounts/:id/fields': {
    happy: (f) => post(`/api/accounts/${f.account}/fields`, { fields: { 'account.tier': 'A' }, reason: 'a partner' }),
    shows: async (_, f) => {
      await refreshAccounts(f.server.deps, { now: noon });
      await f.server.drain();
      const { body } = await f.server.get(`/api/accounts/${f.account}`);
      expect(body.fields['account.tier']).toBe('A');
      expect(body.said['account.tier']).toMatchObject({ value: 'A', reason: 'a partner' });
      const id = await f.server.post(`/api/accounts/${f.account}/fields`, {
        fields: { 'account.id': 'b' },
        reason: 'x',
      });
      expect([id.status, JSON.stringify(id.body)]).toEqual([400, expect.stringContaining('which contacts belong')]);
    },
    invalid: (f) => [post(`/api/accounts/${f.account}/fields`, { fields: { 'account.tier': 'A' }, reason: ' ' }), 400],
  },
  'POST /api/accounts/fields': {
    happy: () =>
      post('/api/accounts/fields', {
        reason: 'register.csv',
        accounts: [
          { id: 'acme', fields: { 'account.plan': 'Pro' }, at: new Date(noon - 1_000).toISOString() },
          { id: 'acme', fields: { 'account.plan': 'Free' }, at: new Date(noon - 2_000).toISOString() },
          { name: 'Nobody yet', fields: { 'account.plan': null } },
        ],
      }),
    shows: async (answer, f) => {
      expect(answer.body).toEqual({ accounts: 2, withoutContacts: 1 });
      await refreshAccounts(f.server.deps, { now: noon });
      await f.server.drain();
      expect((await f.server.get(`/api/accounts/${f.account}`)).body.fields['account.plan']).toBe('Pro');
    },
    invalid: bad(post('/api/accounts/fields', { reason: 'x', accounts: [{ fields: { 'account.plan': 'Pro' } }] })),
  },
};
