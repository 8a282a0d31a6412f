/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-argument --
   answers are looked into freely: the server under test checks each against its schema */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noon, startServer, type TestServer } from './support.ts';

/** What one contact does, and what its score and stage must be then, by template. */
const cases: Record<
  string,
  { traits?: object; does: object[]; score: [model: string, points: number]; stage: string }
> = {
  'hundred-points': { does: [{ event: 'Time Scheduled' }], score: ['hundred-points', 75], stage: 'mql' },
  'profile-and-activity': {
    traits: { title: 'CEO', employees: 200, country: 'US' },
    does: [{ event: 'Form Submitted' }],
    score: ['profile-and-activity', 40],
    stage: 'mql',
  },
  'integer-score': {
    traits: { title: 'Head of Marketing', employees: 400 },
    does: [{ event: 'Form Submitted' }],
    score: ['integer-score', 55],
    stage: 'mql',
  },
  'premium-content-businesses': {
    does: [{ event: 'Contact Form Submitted' }],
    score: ['premium-content-businesses', 100],
    stage: 'sql',
  },
  'premium-content-consumers': {
    does: [1, 2, 3].map(() => ({ event: 'White Paper Downloaded' })),
    score: ['premium-content-consumers', 45],
    stage: 'mql',
  },
  'fit-and-intent': { does: [{ event: 'Demo Requested' }], score: ['intent', 60], stage: 'mql' },
};

describe.each(Object.keys(cases))('%s, applied to an empty workspace', (id) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('scores what arrives over HTTP', async () => {
    const { body, status } = await server.post(`/api/templates/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ kept: [], unchanged: [] });
    const wanted = cases[id];
    const at = new Date(noon - 60_000).toISOString();
    await server.send({ type: 'identify', userId: 'ann', traits: wanted?.traits ?? {}, timestamp: at });
    for (const event of wanted?.does ?? [])
      await server.send({ type: 'track', userId: 'ann', timestamp: at, ...event });
    await server.drain();
    const { body: contact } = await server.get('/api/contacts/look-up?userId=ann');
    const [model, points] = wanted?.score ?? [];
    const score = contact.scores.find((one: { model: string }) => one.model === model);
    // A minute has passed, of which a half-life takes its part.
    expect(Math.round(score.score)).toBe(points);
    expect(contact.stage).toBe(wanted?.stage);
    const { body: templates } = await server.get('/api/templates');
    expect(templates.items.find((one: { id: string }) => one.id === id)).toMatchObject({
      applied: true,
      collisions: [],
    });
  });
});

describe('a second system beside the first', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await server.post('/api/templates/hundred-points');
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const modelOfLifecycle = async (): Promise<unknown> =>
    (await server.get('/api/lifecycle/lifecycle')).body.document.model;

  test('what collides is said, and nothing is published unless one says what becomes of it', async () => {
    const { body } = await server.get('/api/templates');
    const other = body.items.find((one: { id: string }) => one.id === 'premium-content-businesses');
    expect(other.collisions).toEqual([{ kind: 'lifecycle', id: 'lifecycle' }]);
    const refused = await server.post('/api/templates/premium-content-businesses');
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain('lifecycle');
    expect((await server.get('/api/models/premium-content-businesses')).status).toBe(404);
  });

  test('the other lifecycle replaces the first, or is left out', async () => {
    const replaced = await server.post('/api/templates/premium-content-businesses', { existing: 'replace' });
    expect(replaced.status).toBe(200);
    expect(await modelOfLifecycle()).toBe('premium-content-businesses');
    const kept = await server.post('/api/templates/fit-and-intent', { existing: 'keep' });
    expect(kept.body.kept).toEqual([{ kind: 'lifecycle', id: 'lifecycle' }]);
    expect(await modelOfLifecycle()).toBe('premium-content-businesses');
  });
});
