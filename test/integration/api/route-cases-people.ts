/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   answers are looked into freely: the server under test checks each against its schema */
import { expect } from 'vitest';
import { createBrowser } from './browser.ts';
import type { Fixture } from './fixture.ts';
import { bad, get, nobody, post, put, type Case } from './route-case.ts';
import type { Call } from './support.ts';

const first = { name: 'Ada', email: 'ada@example.com', password: 'the first password' };
const person = (name: string) => ({
  name,
  email: `${name}@example.com`,
  role: 'sales',
  password: 'long enough for it',
});

const added = async (f: Fixture, name: string): Promise<string> =>
  (await f.server.post('/api/people', person(name))).body.id as string;

/** A call of somebody who has just been added and signed in. */
const asPerson = async (f: Fixture, name: string, call: Call): Promise<Call> => {
  await added(f, name);
  const browser = createBrowser(f.server);
  await browser.signIn({ email: `${name}@example.com`, password: person('').password });
  return { ...call, key: null, headers: { cookie: browser.cookies(), 'sec-fetch-site': 'same-origin' } };
};

/** Setting up, sessions, people, the live stream. In the order of the routes: setting up comes before anybody is there. */
export const peopleCases: Record<string, Case> = {
  'GET /api/session': {
    happy: () => get('/api/session'),
    shows: (answer) => expect(answer.body).toEqual({ setupNeeded: true, setupKeyNeeded: true, person: null }),
    invalid: null,
  },
  'POST /api/setup': {
    happy: () => post('/api/setup', first),
    shows: (answer) => expect(answer.body.person).toMatchObject({ name: 'Ada', role: 'admin' }),
    invalid: bad(post('/api/setup', { ...first, password: 'short' })),
  },
  'POST /api/session': {
    happy: () => post('/api/session', { email: 'ADA@example.com', password: first.password }),
    shows: (answer) => {
      expect(answer.body).toMatchObject({ setupNeeded: false, person: { email: first.email } });
      expect(answer.headers.getSetCookie()).toHaveLength(1);
    },
    invalid: bad(post('/api/session', { ...first, name: undefined, password: 'not that' }), 'sign_in_refused', 401),
  },
  'DELETE /api/session': { happy: () => ({ method: 'DELETE', path: '/api/session' }), invalid: null },
  'PUT /api/session/password': {
    happy: (f) =>
      asPerson(
        f,
        'changer',
        put('/api/session/password', { currentPassword: person('').password, newPassword: 'another password' }),
      ),
    invalid: bad(put('/api/session/password', { currentPassword: 'x', newPassword: 'long enough' }), 'no_person', 422),
  },
  'GET /api/people': {
    happy: () => get('/api/people'),
    shows: (answer) => expect(answer.body.items[0]).toMatchObject({ name: 'Ada', signedInAt: expect.any(String) }),
    invalid: null,
  },
  'POST /api/people': {
    happy: () => post('/api/people', person('new')),
    shows: (answer) => expect(answer.body).toMatchObject({ name: 'new', role: 'sales', signedInAt: null }),
    invalid: bad(post('/api/people', { ...person('other'), role: 'owner' })),
  },
  'PUT /api/people/:id': {
    happy: async (f) => put(`/api/people/${await added(f, 'promoted')}`, { role: 'marketer' }),
    shows: (answer) => expect(answer.body).toMatchObject({ name: 'promoted', role: 'marketer' }),
    invalid: bad(put(`/api/people/${nobody}`, { role: 'sales' }), 'not_found', 404),
  },
  'DELETE /api/people/:id': {
    happy: async (f) => ({ method: 'DELETE', path: `/api/people/${await added(f, 'leaver')}` }),
    invalid: bad({ method: 'DELETE', path: `/api/people/${nobody}` }, 'not_found', 404),
  },
  'GET /api/notices': {
    happy: async (f) => asPerson(f, 'reader', get('/api/notices')),
    shows: (answer) => expect(answer.body).toEqual({ items: [], next: null, unread: 0 }),
    invalid: bad(get('/api/notices'), 'no_person', 422),
  },
  'POST /api/notices/read': {
    happy: async (f) => asPerson(f, 'marker', post('/api/notices/read', { all: true })),
    shows: (answer) => expect(answer.body).toEqual({ unread: 0 }),
    invalid: bad(post('/api/notices/read', { ids: [] })),
  },
  'GET /api/live': {
    happy: () => ({ path: '/api/live', unread: true }),
    shows: (answer) => {
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
      expect(answer.headers.get('cache-control')).toContain('no-store');
    },
    invalid: null,
  },
};
