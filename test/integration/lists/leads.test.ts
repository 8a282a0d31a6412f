/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument --
   answers are looked into freely: the server under test checks each against its schema */
import { decideRoute } from '@ripen/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from '../api/browser.ts';
import type { TestServer } from '../api/support.ts';
import { allPages, identify, noon, startLists, track } from './support.ts';

interface Item {
  id: string;
  rep: string;
  score: number;
  at: string;
}

const admin = { name: 'Ida Admin', email: 'ida@example.com', password: 'correct horse battery' };

let server: TestServer;
let people: Record<'ann' | 'bob' | 'eve', ReturnType<typeof createBrowser>>;

beforeAll(async () => {
  server = await startLists();
  expect((await server.call({ method: 'POST', path: '/api/setup', body: admin })).status).toBe(201);
  const first = createBrowser(server);
  await first.signIn(admin);
  const signedIn = async (name: string, email: string) => {
    const person = { name, email, role: 'sales', password: `${name} has a password` };
    expect((await first.call({ method: 'POST', path: '/api/people', body: person })).status).toBe(201);
    const browser = createBrowser(server);
    await browser.signIn(person);
    return browser;
  };
  people = {
    ann: await signedIn('Ann', 'ann@sales.example'),
    bob: await signedIn('Bob', 'BOB@sales.example'),
    eve: await signedIn('Eve', 'eve@sales.example'),
  };
  for (let n = 0; n < 10; n++) {
    server.clock.set(noon + n * 60_000);
    const visits = (n * 3) % 5;
    await server.send(
      identify(`lead-${n}`, { name: `Lead ${n}`, company: 'Leads Inc' }),
      ...Array.from({ length: visits }, () => track(`lead-${n}`, 'visited')),
      track(`lead-${n}`, 'form_sent'),
    );
    await server.drain();
    const { rows } = await server.deps.store.pool.query<{ id: string }>(
      'select id from asks where answered_at is null',
    );
    for (const { id } of rows) await decideRoute(server.deps, { askId: id, now: server.clock.now() });
    await server.drain();
  }
});
afterAll(() => server[Symbol.asyncDispose]());

describe('leads', () => {
  test('are read with who they are, what the score came from, and whose they are', async () => {
    const { body } = await server.get('/api/leads?status=open&limit=1&sort=hottest');
    expect(body.items[0]).toMatchObject({
      contact: { name: 'Lead 3', company: 'Leads Inc', stage: 'lead', stageName: 'Lead', score: expect.any(Number) },
      automation: 'to-sales',
      automationName: 'To sales',
      queueName: 'Sales',
      repName: 'Bob',
      score: 40,
      reasons: [{ label: 'Visited', points: 40 }],
      answerBy: expect.any(String),
      answeredBy: null,
    });
    const detail = (await server.get(`/api/leads/${body.items[0].id}`)).body;
    expect(detail.decision.considered).toHaveLength(2);
    expect(detail.why.contact.fields.name).toBe('Lead 3');
  });

  test('come hottest first, and who waits longest among equals, whatever the size of pages', async () => {
    const whole = await allPages<Item>(server, '/api/leads?sort=hottest&limit=100');
    expect(whole.map(({ score }) => score)).toEqual([40, 40, 30, 30, 20, 20, 10, 10, 0, 0]);
    for (let n = 1; n < whole.length; n++)
      if (whole[n - 1]?.score === whole[n]?.score) expect((whole[n - 1]?.at ?? '') < (whole[n]?.at ?? '')).toBe(true);
    expect(await allPages<Item>(server, '/api/leads?sort=hottest&limit=3')).toEqual(whole);
    expect((await allPages<Item>(server, '/api/leads?limit=3')).map(({ at }) => at)).toEqual(
      whole.map(({ at }) => at).sort((a, b) => (a < b ? 1 : -1)),
    );
  });

  test('of mine are those of the reps with my address', async () => {
    for (const name of ['ann', 'bob'] as const) {
      const { body } = await people[name].call({ path: '/api/leads?mine=true&sort=hottest' });
      expect(body.items).toHaveLength(5);
      expect(new Set(body.items.map((item: Item) => item.rep))).toEqual(new Set([name]));
      const counts = (await people[name].call({ path: '/api/leads/counts?mine=true' })).body;
      expect(counts).toMatchObject({
        counts: { open: 5, accepted: 0 },
        late: 0,
        reps: [{ queue: 'sales', rep: name }],
      });
    }
    expect((await people.eve.call({ path: '/api/leads?mine=true' })).body).toEqual({ items: [], next: null });
    expect((await people.eve.call({ path: '/api/leads/counts' })).body).toMatchObject({
      counts: { open: 10 },
      reps: [],
    });
    expect((await server.get('/api/leads?mine=true')).body.code).toBe('invalid_request');
  });

  test('are late when nobody answered in time', async () => {
    const before = server.clock.now();
    server.clock.set(noon + 63 * 60_000);
    expect((await server.get('/api/leads/counts')).body.late).toBe(4);
    server.clock.set(before);
  });

  test('are taken by one of many who try at once; the others learn who was faster', async () => {
    const [lead] = (await server.get('/api/leads?sort=hottest&limit=1')).body.items as Item[];
    const path = `/api/leads/${lead?.id}/accept`;
    const tries = await Promise.all(
      (['ann', 'bob', 'eve'] as const).flatMap((name) =>
        [1, 2].map(async () => ({ name, answer: await people[name].call({ method: 'POST', path }) })),
      ),
    );
    const won = new Set(tries.filter(({ answer }) => answer.status === 200).map(({ name }) => name));
    expect(won.size).toBe(1);
    const [winner] = [...won];
    const winnerName = { ann: 'Ann', bob: 'Bob', eve: 'Eve' }[winner ?? 'eve'];
    for (const { name, answer } of tries) {
      // The same twice from one hand is one.
      if (name === winner) expect([answer.status, answer.body.answeredBy]).toEqual([200, winnerName]);
      else
        expect([answer.status, answer.body.detail]).toEqual([
          409,
          `${winnerName} was faster: the lead is accepted already.`,
        ]);
    }
    const posted = await server.deps.store.pool.query('select 1 from inbox where body->>$1 = $2', [
      'messageId',
      `lead:${lead?.id}:accepted`,
    ]);
    expect(posted.rowCount).toBe(1);
  });
});
