/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   answers are looked into freely: the server under test checks each against its schema */
import { expect } from 'vitest';
import { createBrowser } from './browser.ts';
import * as definitions from './definitions.ts';
import type { Fixture } from './fixture.ts';
import { bad, get, nobody, post, put, unknown, type Case } from './route-case.ts';
import type { Call } from './support.ts';

const keeper = { name: 'Keeper', email: 'keeper@example.com', role: 'marketer', password: 'keeps things in order' };

/** A call by somebody who is signed in. */
const signedIn = async (f: Fixture, call: Call): Promise<Call> => {
  await f.server.post('/api/people', keeper);
  const browser = createBrowser(f.server);
  await browser.signIn(keeper);
  return { ...call, key: null, headers: { cookie: browser.cookies(), 'sec-fetch-site': 'same-origin' } };
};

const listed = async (f: Fixture, id: string): Promise<Record<string, unknown> | undefined> => {
  const { body } = await f.server.get('/api/automations');
  return (body as { items: Record<string, unknown>[] }).items.find((item) => item['id'] === id);
};

const draft = async (f: Fixture, id: string): Promise<void> => {
  const { status } = await f.server.call(
    put(`/api/automations/${id}/draft`, { document: { ...definitions.waiting, id, name: id } }),
  );
  expect(status).toBe(200);
};

export const organiseCases: Record<string, Case> = {
  'PUT /api/automations/:id/folder': {
    happy: () => put('/api/automations/hand-over/folder', { folder: 'Sales' }),
    shows: async (answer, f) => {
      expect(answer.body).toEqual({ id: 'hand-over', folder: 'Sales' });
      const { body } = await f.server.get('/api/automations');
      const { items } = body as { items: { id: string }[] };
      expect(items.find(({ id }) => id === 'hand-over')).toMatchObject({ folder: 'Sales' });
    },
    invalid: bad(put('/api/automations/hand-over/folder', { folder: '' })),
  },
  'PUT /api/automations/:id/labels': {
    happy: () => put('/api/automations/hand-over/labels', { labels: ['Sales', ' Calls '] }),
    shows: async (answer, f) => {
      expect(answer.body).toEqual({ id: 'hand-over', labels: ['Calls', 'Sales'] });
      expect(await listed(f, 'hand-over')).toMatchObject({ labels: ['Calls', 'Sales'] });
      await f.server.call(put('/api/automations/hand-over/labels', { labels: ['Calls'] }));
      expect(await listed(f, 'hand-over')).toMatchObject({ labels: ['Calls'] });
    },
    invalid: bad(put('/api/automations/hand-over/labels', { labels: [''] })),
  },
  'PUT /api/automations/:id/owner': {
    happy: async (f) => {
      await f.server.post('/api/people', keeper);
      const { body } = await f.server.get('/api/colleagues');
      const { items } = body as { items: { id: string; name: string }[] };
      return put('/api/automations/hand-over/owner', { owner: items.find(({ name }) => name === keeper.name)?.id });
    },
    shows: async (_, f) => expect(await listed(f, 'hand-over')).toMatchObject({ owner: { name: keeper.name } }),
    invalid: () => [put('/api/automations/hand-over/owner', { owner: nobody }), 404, 'not_found'],
  },
  'PUT /api/automations/:id/star': {
    happy: (f) => signedIn(f, { method: 'PUT', path: '/api/automations/hand-over/star' }),
    shows: async (_, f) => {
      const list = await f.server.call(await signedIn(f, get('/api/automations')));
      const { items } = list.body as { items: { id: string; starred: boolean }[] };
      expect(items.filter(({ starred }) => starred).map(({ id }) => id)).toEqual(['hand-over']);
      // Nobody else's.
      expect(await listed(f, 'hand-over')).toMatchObject({ starred: false });
    },
    invalid: bad({ method: 'PUT', path: '/api/automations/hand-over/star' }, 'no_person', 422),
  },
  'DELETE /api/automations/:id/star': {
    happy: (f) => signedIn(f, { method: 'DELETE', path: '/api/automations/hand-over/star' }),
    shows: (answer) => expect(answer.body).toEqual({ id: 'hand-over', starred: false }),
    invalid: unknown('/api/automations/nope/star', 'DELETE'),
  },
  'GET /api/automations/:id/uses': {
    happy: () => get('/api/automations/hand-over/uses'),
    shows: (answer) => {
      expect(answer.body.names).toContainEqual({
        kind: 'queue',
        id: 'sales',
        name: 'Sales',
        known: true,
        places: [{ part: 'Route to sales', node: 'give' }],
      });
      expect(answer.body.namedBy).toEqual([]);
    },
    invalid: unknown('/api/automations/nope/uses'),
  },
  'DELETE /api/automations/:id': {
    happy: async (f) => {
      await draft(f, 'short-lived');
      return { method: 'DELETE', path: '/api/automations/short-lived' };
    },
    shows: async (_, f) => expect((await f.server.get('/api/automations/short-lived')).status).toBe(404),
    invalid: bad({ method: 'DELETE', path: '/api/automations/hand-over' }, 'conflict', 409),
  },
  'POST /api/automations/bulk': {
    happy: async (f) => {
      await draft(f, 'one-of-many');
      return post('/api/automations/bulk', {
        automations: ['one-of-many', 'hand-over', 'nope'],
        act: { kind: 'delete' },
      });
    },
    shows: (answer) =>
      expect(answer.body.items).toEqual([
        { id: 'one-of-many', name: 'one-of-many', done: true, why: null },
        { id: 'hand-over', name: 'Hand over', done: false, why: '"Hand over" was published. Archive it first.' },
        { id: 'nope', name: 'nope', done: false, why: 'There is no automation nope.' },
      ]),
    invalid: bad(post('/api/automations/bulk', { automations: ['hand-over'], act: { kind: 'paint' } })),
  },
  'GET /api/colleagues': {
    happy: () => get('/api/colleagues'),
    shows: (answer) => expect(Object.keys(answer.body.items[0] as object)).toEqual(['id', 'name']),
    invalid: null,
  },
  'POST /api/references': {
    happy: () =>
      post('/api/references', {
        documents: [{ ...definitions.handOver, nodes: [{ id: 'give', type: 'route', settings: { queue: 'saels' } }] }],
      }),
    shows: (answer) => expect(answer.body.unknown).toMatchObject([{ kind: 'queue', suggestions: [{ id: 'sales' }] }]),
    invalid: bad(post('/api/references', { documents: [{ kind: 'automation', id: 'x' }] }), 'invalid_definitions', 422),
  },
};
