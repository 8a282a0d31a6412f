/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call --
   answers are looked into freely: the server under test checks each against its schema */
import { acceptEvents } from '@ripen/engine';
import { IdentityResolver, type IdentityKeys } from '@ripen/shared';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noon, startServer, type TestServer } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const reset = (): Promise<unknown> => server.deps.store.pool.query('truncate inbox, messages, contacts, identities');

interface Said {
  user?: string;
  email?: string;
  anonymous?: string;
}

let sent = 0;
const event = ({ user, email, anonymous }: Said): object => ({
  type: 'track',
  event: 'x',
  messageId: `m${sent++}`,
  ...(user ? { userId: user } : {}),
  ...(anonymous ? { anonymousId: anonymous } : {}),
  ...(email ? { context: { traits: { email } } } : {}),
});
const keysOf = ({ user, email, anonymous }: { [Key in keyof Said]: string | undefined }): IdentityKeys => ({
  user: user ?? null,
  email: email ?? null,
  anonymous: anonymous ?? null,
});
const accept = (events: object[]) => acceptEvents(server.deps, events, { now: noon });

/** What the database says that the inbox holds: contact by contact, merges where they happened. */
const inbox = async (): Promise<string[]> => {
  const { rows } = await server.deps.store.pool.query<{ contact_id: string; kind: string; body: { into?: string } }>(
    'select contact_id, kind, body from inbox order by id',
  );
  return rows.map((row) => (row.kind === 'absorb' ? `${row.contact_id} into ${row.body.into ?? ''}` : row.contact_id));
};

const identities = async (): Promise<Record<string, string>> => {
  const { rows } = await server.deps.store.pool.query<{ name: string; contact_id: string }>(
    `select kind || ' ' || value as name, contact_id from identities`,
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.contact_id]));
};

/** Few names, so that they meet often. */
const name = (prefix: string, count: number) =>
  fc.option(
    fc.integer({ min: 1, max: count }).map((n) => `${prefix}${n}`),
    { nil: undefined },
  );
const said = fc
  .record({ user: name('u', 3), email: name('e', 3), anonymous: name('a', 3) })
  .map(({ email, ...rest }) => ({ ...rest, email: email && `${email}@x.io` }))
  .filter(({ user, email, anonymous }) => Boolean(user ?? email ?? anonymous));

describe('identities', () => {
  test(
    'SQL decides as the pure resolver does, however the events are cut into batches',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(said, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 }),
          async (batches) => {
            await reset();
            for (const batch of batches) await accept(batch.map(event));
            const resolver = new IdentityResolver();
            const expected: string[] = [];
            for (const keys of batches.flat().map(keysOf)) {
              const { contactId, merges } = resolver.resolve(keys);
              expected.push(...merges.map((merge) => `${merge.absorbed} into ${merge.survivor}`), contactId);
            }
            expect(await inbox()).toEqual(expected);
            const { identities: known, created } = resolver.takeChanges();
            expect(await identities()).toEqual(
              Object.fromEntries(known.map(({ kind, value, contactId }) => [`${kind} ${value}`, contactId])),
            );
            const { rows } = await server.deps.store.pool.query<{
              id: string;
              userId: string | null;
              email: string | null;
            }>('select id, user_id as "userId", email from contacts where merged_into is null order by id');
            const survivors = new Set(known.map((identity) => identity.contactId));
            expect(rows).toEqual(created.filter(({ id }) => survivors.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1)));
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  test('concurrent batches with the same new identities make one contact each, without deadlock', async () => {
    for (let round = 0; round < 8; round++) {
      await reset();
      const people = Array.from({ length: 40 }, (_, n) => ({ user: `u${n}`, anonymous: `a${n}` }));
      const shuffled = (seed: number): object[] =>
        people.map((_, n) => event(people[(n * 7 + seed * 11) % people.length] ?? {}));
      const outcomes = (await Promise.all(Array.from({ length: 6 }, (_, seed) => accept(shuffled(seed))))).flat();
      expect(outcomes.every((outcome) => outcome.status === 'accepted')).toBe(true);
      const { rows } = await server.deps.store.pool.query(
        'select count(*)::int as contacts, (select count(*)::int from inbox) as events from contacts',
      );
      expect(rows).toEqual([{ contacts: 40, events: 240 }]);
    }
  });

  test('an anonymous contact that identifies in many batches at once is absorbed once', async () => {
    for (let round = 0; round < 8; round++) {
      await reset();
      await accept([event({ user: 'u' }), event({ anonymous: 'a' }), event({ email: 'e@x.io' })]);
      await Promise.all(
        Array.from({ length: 8 }, () => accept([event({ user: 'u', email: 'e@x.io', anonymous: 'a' })])),
      );
      const merges = (await inbox()).filter((line) => line.includes(' into '));
      expect(merges).toHaveLength(2);
      expect(new Set(Object.values(await identities())).size).toBe(1);
    }
  });

  test('two unknown users who claim one anonymous contact at once are never one', async () => {
    for (let round = 0; round < 8; round++) {
      await reset();
      await accept([event({ anonymous: 'a' })]);
      await Promise.all(['u1', 'u2', 'u3'].map((user) => accept([event({ user, anonymous: 'a' })])));
      const known = await identities();
      expect(new Set([known['user u1'], known['user u2'], known['user u3']]).size).toBe(3);
      const { rows } = await server.deps.store.pool.query<{ user_id: string | null }>(
        'select user_id from contacts order by user_id',
      );
      expect(rows.map((row) => row.user_id)).toEqual(['u1', 'u2', 'u3']);
    }
  });

  test('a merge ends with one contact who has all that both did', async () => {
    await reset();
    await server.send(
      { type: 'track', event: 'a_page', anonymousId: 'visitor', messageId: 'v1' },
      { type: 'track', event: 'b_page', userId: 'known', messageId: 'k1' },
    );
    await server.drain();
    await server.send({
      type: 'identify',
      userId: 'known',
      anonymousId: 'visitor',
      messageId: 'k2',
      traits: { email: 'k@x.io' },
    });
    await server.drain();
    await server.drain();
    const known = await server.get('/api/contacts/look-up?anonymousId=visitor');
    expect(known.body).toMatchObject({ userId: 'known', email: 'k@x.io', fields: { email: 'k@x.io' } });
    const timeline = await server.get(`/api/contacts/${known.body.id}/timeline?kinds=event`);
    expect(timeline.body.items.map((item: { messageId: string }) => item.messageId).sort()).toEqual(['k1', 'k2', 'v1']);
    expect((await server.get('/api/contacts')).body.items).toHaveLength(1);
  });
});
