/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call --
   answers are looked into freely: the server under test checks each against its schema */
import { missingInSchema } from '@ripen/engine';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { startServer, type TestServer } from './support.ts';

const first = { name: 'Ada Admin', email: 'ada@example.com', password: 'correct horse battery' };

const setUp = (server: TestServer) => server.call({ method: 'POST', path: '/api/setup', body: first });

/** A server with the first admin, and browsers of people with a role. */
const startWithPeople = async () => {
  const server = await startServer();
  expect((await setUp(server)).status).toBe(201);
  const admin = createBrowser(server);
  await admin.signIn(first);
  const add = async (name: string, role: string) => {
    const person = { name, email: `${name}@example.com`, role, password: `${name} has a password` };
    const added = await admin.call({ method: 'POST', path: '/api/people', body: person });
    expect(added.status).toBe(201);
    const browser = createBrowser(server);
    await browser.signIn(person);
    return { ...person, id: added.body.id as string, browser };
  };
  return { server, admin, add };
};

describe('setting up', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer((store) => ({ store, openStatus: true }));
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('is asked for while there is nobody', async () => {
    expect((await createBrowser(server).call({ path: '/api/session' })).body).toEqual({
      setupNeeded: true,
      setupKeyNeeded: false,
      person: null,
    });
  });

  test.each([
    ['a page elsewhere', { 'sec-fetch-site': 'cross-site' }, 403, 'cross_origin'],
    ['a page elsewhere, in an older browser', { origin: 'https://elsewhere.example' }, 403, 'cross_origin'],
    ['a proxy', { 'x-forwarded-for': '203.0.113.7' }, 403, 'setup_key_needed'],
  ])('is not done by %s', async (_what, headers, status, code) => {
    const answer = await server.call({ method: 'POST', path: '/api/setup', body: first, key: null, headers });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('makes one admin, however many ask at once, and signs them in', async () => {
    const visitors = Array.from({ length: 6 }, (_, n) => ({ ...first, email: `visitor${n}@example.com` }));
    const answers = await Promise.all(
      visitors.map(async (body) => {
        const browser = createBrowser(server);
        return { browser, answer: await browser.call({ method: 'POST', path: '/api/setup', body }) };
      }),
    );
    expect(answers.map(({ answer }) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    const winner = answers.find(({ answer }) => answer.status === 201);
    const state = await winner?.browser.call({ path: '/api/session' });
    expect(state?.body).toMatchObject({ setupNeeded: false, person: { role: 'admin', permissions: ['admin'] } });
    const { rowCount } = await server.deps.store.pool.query('select 1 from people');
    expect(rowCount).toBe(1);
  });
});

describe('setting up where others reach the API', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('takes an admin key', async () => {
    expect((await server.call({ path: '/api/session', key: null })).body.setupKeyNeeded).toBe(true);
    for (const key of [null, await server.key('definitions:write')]) {
      const answer = await server.call({ method: 'POST', path: '/api/setup', body: first, key });
      expect([answer.status, answer.body.code]).toEqual([403, 'setup_key_needed']);
    }
    expect((await setUp(server)).status).toBe(201);
  });
});

describe('sessions', () => {
  let all: Awaited<ReturnType<typeof startWithPeople>>;
  beforeAll(async () => {
    all = await startWithPeople();
  });
  afterAll(() => all.server[Symbol.asyncDispose]());

  test('the cookie is out of reach of scripts and of other sites', async () => {
    const answer = await createBrowser(all.server).signIn(first);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^ripen_session=/);
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(attribute);
    expect(cookie).not.toContain('Secure');
  });

  test('signing out counts at once', async () => {
    const browser = createBrowser(all.server);
    await browser.signIn(first);
    const cookie = browser.cookies();
    expect((await browser.call({ path: '/api/people' })).status).toBe(200);
    expect((await browser.call({ method: 'DELETE', path: '/api/session' })).status).toBe(204);
    const replayed = await all.server.call({ path: '/api/people', key: null, headers: { cookie } });
    expect([replayed.status, replayed.body.code]).toEqual([401, 'session_expired']);
    expect((await browser.call({ path: '/api/session' })).body.person).toBeNull();
    expect((await browser.call({ method: 'DELETE', path: '/api/session' })).status).toBe(204);
  });

  test('an expired one says so, and a forged one is none', async () => {
    const browser = createBrowser(all.server);
    await browser.signIn(first);
    const forged = browser.cookies().replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const answer = await all.server.call({ path: '/api/people', key: null, headers: { cookie: forged } });
    expect(answer.status).toBe(401);
    await all.server.deps.store.pool.query(
      `update sessions set expires_at = now() - interval '1 second' where created_at = (select max(created_at) from sessions)`,
    );
    const expired = await browser.call({ path: '/api/people' });
    expect([expired.status, expired.body.code]).toEqual([401, 'session_expired']);
    // A browser would open a window of its own for it.
    expect(expired.headers.get('www-authenticate')).not.toContain('Basic');
  });

  test('one that is used goes on', async () => {
    const { pool } = all.server.deps.store;
    const browser = createBrowser(all.server);
    await browser.signIn(first);
    const newest = 'created_at = (select max(created_at) from sessions)';
    await pool.query(`update sessions set expires_at = now() + interval '10 days' where ${newest}`);
    const answer = await browser.call({ path: '/api/session' });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^ripen_session=.*Max-Age=1209600/);
    const { rowCount } = await pool.query(
      `select 1 from sessions where ${newest} and expires_at > now() + interval '13 days'`,
    );
    expect(rowCount).toBe(1);
  });

  test.each([
    ['a page elsewhere', { 'sec-fetch-site': 'cross-site' }],
    ['a page of a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['a page elsewhere, in an older browser', { 'sec-fetch-site': '', origin: 'https://elsewhere.example' }],
    ['a page without an origin', { 'sec-fetch-site': '', origin: 'null' }],
    ['who does not say', { 'sec-fetch-site': '' }],
  ])('its changes are not taken from %s', async (_what, headers) => {
    const call = { method: 'POST', path: '/api/imports', body: { name: 'a load' } };
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
    const sent = { ...call, key: null, headers: { ...given, cookie: all.admin.cookies() } };
    const answer = await all.server.call(sent);
    expect([answer.status, answer.body.code]).toEqual([403, 'cross_origin']);
    const { host } = new URL(all.server.url);
    const own = { ...sent, headers: { cookie: all.admin.cookies(), origin: `http://${host}` } };
    expect((await all.server.call(own)).status).toBe(201);
  });

  test('writes are done once per Idempotency-Key of a person', async () => {
    const call = { method: 'POST', path: '/api/imports', body: { name: 'once' }, headers: { 'idempotency-key': 'k' } };
    const [one, two] = [await all.admin.call(call), await all.admin.call(call)];
    expect([two.body.id, two.headers.get('idempotent-replay')]).toEqual([one.body.id, 'true']);
  });

  test('a wrong password and an unknown address are answered alike', async () => {
    const attempt = (email: string) =>
      createBrowser(all.server).call({
        method: 'POST',
        path: '/api/session',
        body: { email, password: 'not the password' },
      });
    const [wrong, unknown] = [await attempt(first.email), await attempt('nobody@example.com')];
    expect(wrong.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
  });

  test('guessing ends after some attempts, also when many are made at once', async () => {
    const { email, password } = await all.add('guessed', 'sales');
    const guess = (text: string) =>
      createBrowser(all.server).call({ method: 'POST', path: '/api/session', body: { email, password: text } });
    const guesses = await Promise.all(Array.from({ length: 15 }, (_, n) => guess(`guess ${n}`)));
    const statuses = guesses.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(5).fill(429)]);
    const locked = await guess(password);
    expect([locked.status, locked.body.code]).toEqual([429, 'too_many_attempts']);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
    await all.server.deps.store.pool.query(
      `update sign_in_attempts set started_at = started_at - interval '16 minutes'`,
    );
    expect((await guess(password)).status).toBe(200);
  });

  test("changing one's password needs the old one, and ends the other sessions", async () => {
    const person = await all.add('changer', 'marketer');
    const elsewhere = createBrowser(all.server);
    await elsewhere.signIn(person);
    const change = (currentPassword: string) =>
      person.browser.call({
        method: 'PUT',
        path: '/api/session/password',
        body: { currentPassword, newPassword: 'another password' },
      });
    const refused = await change('not the password');
    expect([refused.status, refused.body.code]).toEqual([422, 'wrong_password']);
    expect((await change(person.password)).status).toBe(204);
    expect((await person.browser.call({ path: '/api/session' })).body.person.name).toBe('changer');
    expect((await elsewhere.call({ path: '/api/contacts' })).status).toBe(401);
    await createBrowser(all.server).signIn({ email: person.email, password: 'another password' });
  });
});

describe('people', () => {
  let all: Awaited<ReturnType<typeof startWithPeople>>;
  beforeAll(async () => {
    all = await startWithPeople();
  });
  afterAll(() => all.server[Symbol.asyncDispose]());

  test('another role counts at once, and being removed ends everything', async () => {
    const { browser, id } = await all.add('mover', 'sales');
    expect((await browser.call({ path: '/api/imports' })).status).toBe(403);
    const moved = await all.admin.call({ method: 'PUT', path: `/api/people/${id}`, body: { role: 'marketer' } });
    expect(moved.body).toMatchObject({ role: 'marketer', name: 'mover', signedInAt: expect.any(String) });
    expect((await browser.call({ path: '/api/imports' })).status).toBe(200);
    expect((await all.admin.call({ method: 'DELETE', path: `/api/people/${id}` })).status).toBe(204);
    expect((await browser.call({ path: '/api/imports' })).status).toBe(401);
    const { rowCount } = await all.server.deps.store.pool.query('select 1 from credentials where person_id = $1', [id]);
    expect(rowCount).toBe(0);
  });

  test('a password that an admin sets is the one that counts', async () => {
    const { browser, id, email } = await all.add('forgetful', 'sales');
    const path = `/api/people/${id}`;
    const password = 'set by the admin';
    expect((await all.admin.call({ method: 'PUT', path, body: { password } })).status).toBe(200);
    expect((await browser.call({ path: '/api/leads' })).status).toBe(401);
    await browser.signIn({ email: email.toUpperCase(), password });
    expect((await browser.call({ path: '/api/leads' })).status).toBe(200);
  });

  test('the last admin stays one, also when two try at once', async () => {
    const other = await all.add('second', 'admin');
    const { body } = await all.admin.call({ path: '/api/people' });
    const ada = body.items.find((person: { email: string }) => person.email === first.email).id as string;
    const results = await Promise.all([
      all.admin.call({ method: 'PUT', path: `/api/people/${other.id}`, body: { role: 'sales' } }),
      other.browser.call({ method: 'DELETE', path: `/api/people/${ada}` }),
    ]);
    const { rows } = await all.server.deps.store.pool.query(`select id from people where role = 'admin'`);
    expect(rows).toHaveLength(1);
    expect(results.filter(({ status }) => status < 300)).toHaveLength(1);
  });

  test('an address belongs to one of them', async () => {
    const admin = createBrowser(all.server);
    const body = { name: 'Twin', email: 'ADA@example.com', role: 'sales', password: 'long enough to do' };
    const answer = await all.server.call({ method: 'POST', path: '/api/people', body });
    expect([answer.status, answer.body.code]).toEqual([409, 'conflict']);
    expect(admin.cookies()).toBe('');
  });

  test('passwords are kept as salted hashes, and nothing of them for an Idempotency-Key', async () => {
    const person = { name: 'Kay', email: 'kay@example.com', role: 'sales', password: 'kay has a password' };
    const headers = { 'idempotency-key': 'kay' };
    expect((await all.server.call({ method: 'POST', path: '/api/people', body: person, headers })).status).toBe(201);
    const { pool } = all.server.deps.store;
    const { rows } = await pool.query<{ password: string }>('select password from credentials');
    for (const { password } of rows) expect(password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
    expect((await pool.query(`select 1 from idempotency where key = 'kay'`)).rowCount).toBe(0);
  });
});

test('the tables are those that better-auth wants, and it would say what it misses', async () => {
  await using server = await startServer();
  const { pool } = server.deps.store;
  expect(await missingInSchema(pool)).toEqual([]);
  await pool.query('alter table sessions drop column user_agent; drop table verifications');
  expect(await missingInSchema(pool)).toEqual(expect.arrayContaining(['sessions.user_agent', 'verifications.value']));
});

test('where people reach it by https, the cookie goes no other way', async () => {
  await using server = await startServer({ publicUrl: 'https://ripen.example' });
  expect((await setUp(server)).headers.getSetCookie()[0]).not.toContain('Secure');
  // Node's fetch sets Host itself, so this asks as a proxy would.
  const { request } = await import('node:http');
  const cookie = await new Promise<string>((resolve, reject) => {
    const sent = request(`${server.url}/api/session`, {
      method: 'POST',
      headers: { host: 'ripen.example', origin: 'https://ripen.example', 'content-type': 'application/json' },
    });
    sent.on('response', (answer) => resolve(String(answer.headers['set-cookie']?.[0])));
    sent.on('error', reject);
    sent.end(JSON.stringify({ email: first.email, password: first.password }));
  });
  expect(cookie).toMatch(/^ripen_session=.*; Secure$/);
});
