/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return --
   answers are looked into freely: the server under test checks each against its schema */
import { gzipSync } from 'node:zlib';
import { Analytics } from '@segment/analytics-node';
import { createPressure, type Pressure } from '@ripen/engine';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noon, startServer, type TestServer } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());
beforeEach(() => server.deps.store.pool.query('truncate inbox, messages, contacts, identities'));

const track = (more: object = {}): object => ({ type: 'track', event: 'Email Clicked', userId: 'u', ...more });
const inbox = async () =>
  (
    await server.deps.store.pool.query<{
      body: Record<string, unknown>;
      received_at: number;
      import_id: string | null;
    }>('select body, received_at, import_id from inbox order by id')
  ).rows;
const batch = (body: unknown, headers: Record<string, string> = {}) =>
  server.call({ path: '/v1/batch', key: server.write, body, headers });

describe('the tracking API', () => {
  test('a real client works unchanged, and is not made to send again', async () => {
    const analytics = new Analytics({ writeKey: server.write, host: server.url, flushAt: 50, maxRetries: 0 });
    const failed: unknown[] = [];
    analytics.on('error', (error) => failed.push(error));
    const responses: number[] = [];
    analytics.on('http_response', (response) => responses.push((response as { status: number }).status));
    analytics.identify({ userId: 'ada', traits: { email: 'Ada@Example.com', country: 'US' } });
    analytics.track({ userId: 'ada', event: 'Email Clicked', properties: { asset: 'spring' } });
    analytics.page({ userId: 'ada', name: 'Pricing', properties: { url: '/pricing' } });
    analytics.screen({ userId: 'ada', name: 'Home' });
    analytics.group({ userId: 'ada', groupId: 'acme', traits: { size: 10 } });
    analytics.alias({ userId: 'ada', previousId: 'old' });
    analytics.track({ userId: 'ada', event: '--' });
    await analytics.closeAndFlush();
    expect(failed).toEqual([]);
    expect(responses).toEqual([200]);
    const types = (await inbox()).map((row) => row.body['type']);
    expect(types).toEqual(['identify', 'email_clicked', 'page', 'screen', 'group', 'alias']);
    expect((await server.get('/api/contacts/look-up?email=ada@example.com')).body.userId).toBe('ada');
  });

  test.each(['identify', 'track', 'page', 'screen', 'group', 'alias'])('/v1/%s takes one call', async (type) => {
    const { status, body } = await server.call({
      path: `/v1/${type}`,
      key: server.write,
      body: { userId: 'u', event: 'x', previousId: 'p', messageId: `one-${type}` },
    });
    expect([status, body]).toEqual([200, { success: true, accepted: 1, duplicates: 0, errors: [] }]);
    expect((await inbox()).map((row) => row.body['type'])).toEqual([type === 'track' ? 'x' : type]);
  });

  test('a single invalid call is answered with its reason', async () => {
    const { status, body } = await server.call({ path: '/v1/track', key: server.write, body: { event: 'x' } });
    expect([status, body.code]).toEqual([400, 'no_identity']);
  });

  test('bad events are told one by one and never lose the rest', async () => {
    const raw = `{"batch":[
      {"type":"track","event":"ok","userId":"u","messageId":"good-1"},
      {"type":"track","event":"x","userId":"u","messageId":"nul","properties":{"a":"\\u0000"}},
      {"type":"track","event":"x","userId":"u","messageId":"infinite","properties":{"a":1e999}},
      {"type":"track","event":"x","userId":"u","messageId":"proto","properties":{"__proto__":{"admin":true}}},
      {"type":"track","event":"x","userId":"u","messageId":"date","timestamp":"0001-01-01T00:00:00Z"},
      {"type":"nonsense","userId":"u","messageId":"type"},
      {"type":"track","event":"ripen.answer","userId":"u","messageId":"reserved"},
      {"type":"track","event":"x","messageId":"nobody"},
      null, 7, "text", [],
      {"type":"track","event":"ok","userId":"u","messageId":"good-2","properties":{"cut":"\\ud83d"}}
    ]}`;
    const { status, body } = await server.call({ path: '/v1/batch', key: server.write, raw });
    expect(status).toBe(200);
    expect(body.accepted).toBe(2);
    expect(
      body.errors.map((item: { index: number; messageId: string | null; error: { code: string } }) => [
        item.index,
        item.messageId,
        item.error.code,
      ]),
    ).toEqual([
      [1, 'nul', 'invalid_properties'],
      [2, 'infinite', 'invalid_properties'],
      [3, 'proto', 'invalid_properties'],
      [4, 'date', 'invalid_timestamp'],
      [5, 'type', 'unknown_type'],
      [6, 'reserved', 'reserved_type'],
      [7, 'nobody', 'no_identity'],
      [8, null, 'not_an_object'],
      [9, null, 'not_an_object'],
      [10, null, 'not_an_object'],
      [11, null, 'not_an_object'],
    ]);
    expect((await inbox()).map((row) => row.body['messageId'])).toEqual(['good-1', 'good-2']);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  test('a messageId counts once, within a batch and across', async () => {
    expect(
      (await batch({ batch: [track({ messageId: 'd' }), track({ messageId: 'd' }), track({ messageId: 'e' })] })).body,
    ).toMatchObject({ accepted: 2, duplicates: 1 });
    expect((await batch({ batch: [track({ messageId: 'd' })] })).body).toMatchObject({
      accepted: 0,
      duplicates: 1,
      errors: [],
    });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => batch({ batch: [track({ messageId: 'p1' }), track({ messageId: 'p2' })] })),
    );
    expect(answers.reduce((sum, answer) => sum + answer.body.accepted, 0)).toBe(2);
    expect(await inbox()).toHaveLength(4);
  });

  test('events without a messageId are given one', async () => {
    expect((await batch({ batch: [track(), track()] })).body.accepted).toBe(2);
    expect(new Set((await inbox()).map((row) => row.body['messageId'])).size).toBe(2);
  });

  test('clock skew, future dates and late arrival', async () => {
    const at = (ms: number): string => new Date(ms).toISOString();
    await batch({ sentAt: at(noon - 3_600_000), batch: [track({ timestamp: at(noon - 3_605_000) })] });
    await batch({
      batch: [track({ timestamp: at(noon + 86_400_000) }), track({ timestamp: at(noon - 2 * 86_400_000) }), track()],
    });
    expect((await inbox()).map((row) => [row.body['occurredAt'], row.received_at, row.body['backfilled']])).toEqual([
      [noon - 5_000, noon, false],
      [noon, noon, false],
      [noon - 2 * 86_400_000, noon, true],
      [noon, noon, false],
    ]);
  });

  test('gzip is inflated, within the limit', async () => {
    const pack = (body: unknown) => new Uint8Array(gzipSync(JSON.stringify(body)));
    const headers = { 'content-encoding': 'gzip' };
    expect(
      (await server.call({ path: '/v1/batch', key: server.write, raw: pack({ batch: [track()] }), headers })).body
        .accepted,
    ).toBe(1);
    const bomb = pack({ batch: [track({ properties: { a: 'x'.repeat(600_000) } })] });
    expect(bomb.length).toBeLessThan(10_000);
    expect((await server.call({ path: '/v1/batch', key: server.write, raw: bomb, headers })).status).toBe(413);
    const broken = await server.call({ path: '/v1/batch', key: server.write, raw: new Uint8Array([1, 2, 3]), headers });
    expect([broken.status, broken.body.code]).toEqual([400, 'invalid_encoding']);
    const unknown = await server.call({
      path: '/v1/batch',
      key: server.write,
      raw: 'x',
      headers: { 'content-encoding': 'zip' },
    });
    expect([unknown.status, unknown.body.code]).toEqual([415, 'unsupported_encoding']);
  });

  test('limits answer clearly', async () => {
    const large = await batch({
      batch: Array.from({ length: 20 }, () => track({ properties: { a: 'x'.repeat(30_000) } })),
    });
    expect([large.status, large.body.code]).toEqual([413, 'too_large']);
    const many = await batch({ batch: Array.from({ length: 2_501 }, () => 0) });
    expect([many.status, many.body.code]).toEqual([413, 'too_many_events']);
    const fat = await batch({ batch: [track({ properties: { a: 'x'.repeat(40_000) } }), track()] });
    expect([fat.body.accepted, fat.body.errors[0].error.code]).toEqual([1, 'too_large']);
    expect(
      (await batch({ batch: Array.from({ length: 2_500 }, (_, n) => track({ messageId: `n${n}` })) })).body.accepted,
    ).toBe(2_500);
  });

  test.each([
    ['cut off', '{"batch":[', 400, 'malformed_json'],
    ['empty', '', 400, 'invalid_request'],
    ['no batch', '{"events":[]}', 400, 'invalid_request'],
    ['an empty batch', '{"batch":[]}', 400, 'invalid_request'],
    ['a list', '[]', 400, 'invalid_request'],
    ['another import', '{"batch":[{}],"importId":"nope"}', 400, 'invalid_request'],
  ])('a body that is %s', async (_name, raw, status, code) => {
    const answer = await server.call({ method: 'POST', path: '/v1/batch', key: server.write, raw });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.stringify(answer.body)).not.toMatch(/\.ts:|node_modules/);
  });

  test('a byte order mark does not matter', async () => {
    expect(
      (
        await server.call({
          path: '/v1/batch',
          key: server.write,
          raw: `\ufeff${JSON.stringify({ batch: [track()] })}`,
        })
      ).body.accepted,
    ).toBe(1);
  });

  test('the write key may come as basic user, bearer or in the body', async () => {
    const basic = `Basic ${Buffer.from(`${server.write}:`).toString('base64')}`;
    expect(
      (
        await server.call({
          path: '/v1/batch',
          key: null,
          body: { batch: [track()] },
          headers: { authorization: basic },
        })
      ).status,
    ).toBe(200);
    expect(
      (await server.call({ path: '/v1/track', key: null, body: { event: 'x', userId: 'u', writeKey: server.write } }))
        .status,
    ).toBe(200);
    expect(
      (await server.call({ path: '/v1/track', key: null, body: { event: 'x', userId: 'u', writeKey: 'rpw_nope' } }))
        .status,
    ).toBe(401);
    const limited = await server.key('contacts:read');
    expect((await server.call({ path: '/v1/track', key: limited, body: { event: 'x', userId: 'u' } })).status).toBe(
      403,
    );
  });

  test('websites may send from elsewhere', async () => {
    const { status, headers } = await server.call({ method: 'OPTIONS', path: '/v1/track', key: null });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    expect(
      (await server.call({ method: 'OPTIONS', path: '/api/contacts', key: null })).headers.get(
        'access-control-allow-origin',
      ),
    ).toBeNull();
  });

  test('a failure between accepting and committing loses nothing and counts nothing', async () => {
    const { pool } = server.deps.store;
    await pool.query(
      `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'disk full' using errcode = '53100'; end $$`,
    );
    await pool.query('create trigger refuse before insert on inbox execute function refuse()');
    const failed = await batch({ batch: [track({ messageId: 'again' })] });
    expect([failed.status, failed.headers.get('retry-after') === null]).toEqual([503, false]);
    expect(JSON.stringify(failed.body)).not.toContain('disk full');
    await pool.query('drop function refuse cascade');
    expect((await batch({ batch: [track({ messageId: 'again' })] })).body.accepted).toBe(1);
  });

  test('says 429 with Retry-After before lag grows', async () => {
    const pressure: Pressure = createPressure(server.deps.store.pool, { maxWaiting: 2, staleMs: 0 });
    await using tight = await startServer({ pressure });
    await server.send(track(), track(), track());
    const { status, headers, body } = await tight.send(track());
    expect([status, body.code]).toEqual([429, 'too_busy']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    await server.deps.store.pool.query('truncate inbox');
    await tight.send(track());
    await expect.poll(async () => (await tight.send(track())).status).toBe(200);
  });

  test('says 429 before memory grows, and takes more when there is room', async () => {
    const pressure = createPressure(server.deps.store.pool, { maxInFlightBytes: 1_000 });
    expect(await pressure.enter(900)).toBeNull();
    expect(await pressure.enter(200)).toMatchObject({ retryAfterSeconds: 1 });
    pressure.leave(900);
    // One request is always let in, however large: otherwise it never could be.
    expect(await pressure.enter(5_000)).toBeNull();
  });
});

describe('historical loads', () => {
  const old = '2020-05-01T10:00:00.000Z';

  test('events say when they were received; the contacts are held until the load is closed', async () => {
    const { body: load } = await server.post('/api/imports', { name: 'Old CRM' });
    const sent = await server.call({
      path: `/v1/batch?import=${load.id}`,
      key: server.write,
      body: { batch: [track({ timestamp: old }), track({ timestamp: old, receivedAt: '2020-05-02' })] },
    });
    expect(sent.body.accepted).toBe(2);
    expect((await inbox()).map((row) => [row.import_id, row.received_at, row.body['backfilled']])).toEqual([
      [load.id, Date.parse(old), true],
      [load.id, Date.parse('2020-05-02'), true],
    ]);
    expect((await server.get('/api/contacts/look-up?userId=u')).body.heldBy).toBe(load.id);
    expect((await server.get(`/api/imports/${load.id}`)).body).toMatchObject({
      status: 'open',
      received: 2,
      waiting: 2,
    });
    expect((await server.post(`/api/imports/${load.id}/close`)).body.status).toBe('closing');
    const late = await batch({ batch: [track()], importId: load.id });
    expect([late.status, late.body.code]).toEqual([409, 'conflict']);
    await server.drain();
    expect((await server.get(`/api/imports/${load.id}`)).body).toMatchObject({ status: 'closed', waiting: 0 });
    expect((await server.get('/api/contacts/look-up?userId=u')).body.heldBy).toBeNull();
  });

  test('a contact that was there before is held too', async () => {
    await server.send(track());
    const { body: load } = await server.post('/api/imports', { name: 'again' });
    await batch({ batch: [track({ timestamp: old })], importId: load.id });
    expect((await server.get('/api/contacts/look-up?userId=u')).body.heldBy).toBe(load.id);
    await server.drain();
    expect((await server.post(`/api/imports/${load.id}/cancel`)).body.status).toBe('cancelled');
    expect((await server.get('/api/contacts/look-up?userId=u')).body.heldBy).toBeNull();
    expect((await server.post(`/api/imports/${load.id}/close`)).status).toBe(409);
  });

  test('concurrent batches of one load do not wait for each other in a circle', async () => {
    const { body: load } = await server.post('/api/imports', { name: 'parallel' });
    const people = Array.from({ length: 60 }, (_, n) => n);
    await server.send(...people.map((n) => track({ userId: `p${n}` })));
    const send = (seed: number) =>
      batch({
        importId: load.id,
        batch: people.map((n) =>
          track({
            userId: `p${(n * 13 + seed * 7) % 60}`,
            anonymousId: `a${(n * 13 + seed * 7) % 60}`,
            messageId: `${seed}-${n}`,
            timestamp: old,
          }),
        ),
      });
    const answers = await Promise.all(Array.from({ length: 6 }, (_, seed) => send(seed)));
    expect(answers.map((answer) => answer.body.accepted)).toEqual([60, 60, 60, 60, 60, 60]);
    expect((await server.get(`/api/imports/${load.id}`)).body.received).toBe(360);
  });

  test('an unknown load is told', async () => {
    expect((await batch({ batch: [track()], importId: '00000000-0000-4000-8000-000000000000' })).status).toBe(404);
  });
});
