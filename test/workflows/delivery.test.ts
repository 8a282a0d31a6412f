import { randomBytes, randomUUID } from 'node:crypto';
import { createStore, giveNotice, removeOldNotices, type Store } from '@ripen/engine';
import type { Properties } from '@ripen/shared';
import { attemptDelivery, DeliveryStore, type DeliverySettings } from '@ripen/workflows';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';
import { startReceiver, type Receiver } from './support/receiver.ts';

const secret = `whsec_${randomBytes(24).toString('base64')}`;
let database: TestDatabase;
let pool: pg.Pool;
let store: Store;
let receiver: Receiver;
let settings: DeliverySettings;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url, max: 2 });
  store = createStore({ databaseUrl: database.url, max: 2 });
});
afterAll(async () => {
  await pool.end();
  await store.close();
  await database.drop();
});
beforeEach(async () => {
  answers = [];
  receiver = await startReceiver();
  settings = {
    webhook: { privateAddresses: 'allowed', timeoutMs: 1_000, now: Date.now },
    email: { smtpUrl: null, from: 'Ripen <ripen@example.com>', timeoutMs: 1_000 },
  };
});
afterEach(() => receiver.close());

const publish = async (channel: object) => {
  const id = `channel-${randomUUID().slice(0, 8)}`;
  await pool.query(
    `insert into definitions (kind, id, version, document, from_revision) values ('channel', $1, 1, $2, 1)`,
    [id, { kind: 'channel', id, name: id, ...channel }],
  );
  await pool.query('insert into channel_secrets (channel, secret) values ($1, $2)', [id, secret]);
  return id;
};

const say = async (channel: string) => {
  const [id, runId] = [randomUUID(), randomUUID()];
  await pool.query(
    `insert into runs (id, contact_id, automation, version, status, started_at, updated_at, trail, backfilled)
     values ($1, $2, 'card', 1, 'completed', 1, 1, '[]', false)`,
    [runId, randomUUID()],
  );
  await pool.query(
    `insert into deliveries (id, run_id, contact_id, node, channel, status, payload, at)
     values ($1, $2, $3, 'tell', $4, 'pending', '{"message":{"subject":"Hot lead","body":"Call now"}}', 1767312000000)`,
    [id, runId, randomUUID(), channel],
  );
  return id;
};

/** What was recorded as the answer to a request. */
let answers: Properties[] = [];
const answer = (_: string, detail: Properties): Promise<void> => {
  answers.push(detail);
  return Promise.resolve();
};
const attempt = (id: string) =>
  attemptDelivery(
    { store: new DeliveryStore(pool), settings, answer, giveNotice: (to, notice) => giveNotice(store, to, notice) },
    id,
  );
const containing = (part: string): unknown => expect.stringContaining(part);
const row = async (id: string) => {
  const { rows } = await pool.query<{
    status: string;
    attempts: number;
    last_error: string | null;
    delivered_at: Date | null;
  }>('select status, attempts, last_error, delivered_at from deliveries where id = $1', [id]);
  return rows[0];
};
const webhook = async (path = '/hook') => say(await publish({ type: 'webhook', url: receiver.url + path }));

test('a webhook arrives once, signed so that the convention’s own library accepts it', async () => {
  const id = await webhook();
  await attempt(id);
  await attempt(id);
  expect(receiver.received).toHaveLength(1);
  const [got] = receiver.received;
  const verified = new Webhook(secret).verify(got?.body ?? '', got?.headers as Record<string, string>);
  expect(verified).toMatchObject({ id, data: { message: { subject: 'Hot lead', body: 'Call now' } } });
  expect(got?.headers).toMatchObject({ 'webhook-id': id, 'idempotency-key': id, 'content-type': 'application/json' });
  expect(await row(id)).toMatchObject({
    status: 'delivered',
    attempts: 1,
    last_error: null,
    delivered_at: expect.any(Date) as unknown,
  });
});

test('repeats carry the same id and the same bytes', async () => {
  const id = await webhook();
  receiver.answer = (response, times) => response.writeHead(times === 1 ? 503 : 204).end();
  await expect(attempt(id)).rejects.toMatchObject({ permanent: false });
  expect(await row(id)).toMatchObject({ status: 'pending', attempts: 1, last_error: containing('503') });
  await attempt(id);
  const [first, second] = receiver.received;
  expect(second?.body).toBe(first?.body);
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(await row(id)).toMatchObject({ status: 'delivered', attempts: 2 });
});

test.each([
  [400, true],
  [404, true],
  [410, true],
  [301, true],
  [408, false],
  [425, false],
  [429, false],
  [500, false],
])('an answer of %i is final: %s', async (status, permanent) => {
  const id = await webhook();
  receiver.answer = (response) =>
    response.writeHead(status, { location: `${receiver.url}/elsewhere` }).end('no, thank you');
  await expect(attempt(id)).rejects.toMatchObject({ permanent, message: containing('no, thank you') });
  expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
});

test('a receiver may ask for patience, within reason', async () => {
  const id = await webhook();
  receiver.answer = (response) => response.writeHead(429, { 'retry-after': '120' }).end();
  await expect(attempt(id)).rejects.toMatchObject({ retryAfterMs: 120_000 });
  receiver.answer = (response) => response.writeHead(429, { 'retry-after': '99999999' }).end();
  await expect(attempt(id)).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
});

test('a receiver that does not answer, or never ends its answer, is left after the timeout', async () => {
  const id = await webhook();
  settings.webhook.timeoutMs = 200;
  receiver.answer = () => undefined;
  await expect(attempt(id)).rejects.toThrow(/did not answer within 200 ms/);
  receiver.answer = (response) => void response.writeHead(500).write('x'.repeat(100));
  await expect(attempt(id)).rejects.toThrow(/did not answer within 200 ms/);
});

test('only the start of an answer is read', async () => {
  const id = await webhook();
  receiver.answer = (response) => {
    response.writeHead(500);
    const flood = (): void => {
      while (!response.destroyed && response.write('y'.repeat(65_536)));
      if (!response.destroyed) response.once('drain', flood);
    };
    flood();
  };
  await expect(attempt(id)).rejects.toThrow(/^127\.0\.0\.1:\d+ answered 500 Internal Server Error: y{300}$/);
});

test('private addresses are not called unless that is allowed, whatever name they have', async () => {
  settings.webhook.privateAddresses = new Set();
  const { port } = new URL(receiver.url);
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433']) {
    const id = await say(await publish({ type: 'webhook', url: `http://${host}:${port}/hook` }));
    await expect(attempt(id)).rejects.toMatchObject({
      permanent: true,
      message: containing('private address'),
    });
  }
  expect(receiver.received).toEqual([]);
});

test('a private host that is named is called, and no other', async () => {
  settings.webhook.privateAddresses = new Set([new URL(receiver.url).host]);
  await attempt(await webhook());
  expect(receiver.received).toHaveLength(1);
  const other = await startReceiver();
  const id = await say(await publish({ type: 'webhook', url: other.url }));
  await expect(attempt(id)).rejects.toMatchObject({ permanent: true });
  await other.close();
});

test('nobody listening is a failure that passes, in a sentence', async () => {
  const id = await webhook();
  await receiver.close();
  await expect(attempt(id)).rejects.toMatchObject({
    permanent: false,
    message: containing('could not be reached'),
  });
});

test('a channel that is not published, or has no secret, is a failure for good', async () => {
  const unpublished = await say('nowhere');
  await expect(attempt(unpublished)).rejects.toMatchObject({
    permanent: true,
    message: containing('nowhere'),
  });
  const channel = await publish({ type: 'webhook', url: receiver.url });
  await pool.query('delete from channel_secrets where channel = $1', [channel]);
  await expect(attempt(await say(channel))).rejects.toMatchObject({ permanent: true });
});

test('what is given up stays given up, with the last reason', async () => {
  const id = await webhook();
  receiver.answer = (response) => response.writeHead(500).end();
  await expect(attempt(id)).rejects.toThrow();
  await new DeliveryStore(pool).givenUp(id, 'too many attempts');
  expect(await row(id)).toMatchObject({ status: 'failed', last_error: containing('500') });
  receiver.answer = (response) => response.end();
  await attempt(id);
  expect(receiver.received).toHaveLength(1);
});

const startMail = async (refuse?: { responseCode: number }) => {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_, __, done) => done(refuse ? Object.assign(new Error('mailbox unavailable'), refuse) : null),
    onData: (stream, _, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address with a port.
  const { port } = server.server.address() as { port: number };
  settings.email.smtpUrl = `smtp://127.0.0.1:${port}`;
  return { mails, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
};
const email = async () => say(await publish({ type: 'email', to: ['ann@example.com', 'bob@example.com'] }));

test('an e-mail reaches colleagues, with an id that mail servers drop repeats by', async () => {
  const mail = await startMail();
  const id = await email();
  await attempt(id);
  await mail.close();
  expect(mail.mails).toHaveLength(1);
  expect(mail.mails[0]).toContain('Subject: Hot lead');
  expect(mail.mails[0]).toContain('To: ann@example.com, bob@example.com');
  expect(mail.mails[0]).toContain(`Message-ID: <${id}@ripen>`);
  expect(mail.mails[0]).toContain('Call now');
  expect(await row(id)).toMatchObject({ status: 'delivered', attempts: 1 });
});

test.each([
  [450, false],
  [550, true],
])('a mail server that answers %i says no for good: %s', async (responseCode, permanent) => {
  const mail = await startMail({ responseCode });
  await expect(attempt(await email())).rejects.toMatchObject({ permanent });
  await mail.close();
});

test('e-mail without a mail server set fails with what to do', async () => {
  const id = await email();
  await expect(attempt(id)).rejects.toMatchObject({
    permanent: true,
    message: containing('SMTP_URL is not set'),
  });
  expect(await row(id)).toMatchObject({ attempts: 1, last_error: containing('SMTP_URL') });
});

/** The same delivery as a request that a run waits for. */
const request = async () => {
  const id = await webhook();
  await pool.query(`update deliveries set answer = 'awaited' where id = $1`, [id]);
  return id;
};
const says =
  (type: string, body: string, status = 200): Receiver['answer'] =>
  (response) =>
    response.writeHead(status, { 'content-type': type }).end(body);

test.each<{ what: string; answer: Receiver['answer']; detail: Properties }>([
  {
    what: 'JSON',
    answer: says('application/json; charset=utf-8', '{"company":{"size":40},"name":"a\\u0000b"}', 201),
    detail: { status: 201, body: { company: { size: 40 }, name: 'ab' } },
  },
  { what: 'nothing', answer: says('text/plain', '', 204), detail: { status: 204, body: null } },
  { what: 'text', answer: says('text/plain', 'z'.repeat(5_000)), detail: { status: 200, body: 'z'.repeat(2_000) } },
  {
    what: 'what is called JSON and is not',
    answer: says('application/json', '{"a":'),
    detail: { status: 200, body: null, note: 'The answer says that it is JSON and is not.' },
  },
  {
    what: 'more than is read',
    answer: says('application/json', JSON.stringify('x'.repeat(20_000))),
    detail: { status: 200, body: null, note: 'The answer was too long to be read.' },
  },
])('a request keeps of its answer: $what', async ({ answer: said, detail }) => {
  const id = await request();
  receiver.answer = said;
  await attempt(id);
  expect(answers).toEqual([detail]);
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ id, type: 'ripen.request' });
  expect(await row(id)).toMatchObject({ status: 'delivered' });
});

test('a request that failed has no answer yet, and what was only told has none', async () => {
  const id = await request();
  receiver.answer = (response) => response.writeHead(500).end();
  await expect(attempt(id)).rejects.toThrow();
  receiver.answer = (response) => response.end();
  await attempt(await webhook());
  expect(answers).toEqual([]);
});

test('secrets are in no error and in no answer', async () => {
  const id = await request();
  receiver.answer = (response) => response.writeHead(500).end('no');
  const error: unknown = await attempt(id).catch((failure: unknown) => failure);
  expect(JSON.stringify([String(error), await row(id)])).not.toContain(secret.slice(6, 20));
});

test('a Slack channel is told in words, unsigned, under the same guard', async () => {
  const id = await say(await publish({ type: 'slack', url: `${receiver.url}/services/T/B/x` }));
  await attempt(id);
  const [got] = receiver.received;
  const { text } = JSON.parse(got?.body ?? '') as { text: string };
  expect(text).toMatch(/^\*Hot lead\*\nCall now\n\nContact /);
  expect(got?.headers).not.toHaveProperty('webhook-signature');
  settings.webhook.privateAddresses = new Set();
  const hidden = await say(await publish({ type: 'slack', url: receiver.url }));
  await expect(attempt(hidden)).rejects.toMatchObject({ permanent: true, message: containing('private address') });
});

const person = async (name: string, role: string): Promise<string> => {
  const { rows } = await pool.query<{ id: string }>(
    `insert into people (name, email, role) values ($1, $2, $3) returning id`,
    [name, `${name}@example.com`, role],
  );
  return rows[0]?.id ?? '';
};
const noticesOf = async (delivery: string) =>
  (
    await pool.query<{ name: string; subject: string; body: string }>(
      `select p.name, n.subject, n.body from notices n join people p on p.id = n.person_id
       where n.delivery_id = $1 order by p.name`,
      [delivery],
    )
  ).rows;
const inApp = (to: object) => publish({ type: 'in_app', to });

test('in the product everybody of a role is told, each once, whatever is tried again', async () => {
  for (const [name, role] of [
    ['ann', 'marketer'],
    ['ben', 'marketer'],
    ['cy', 'sales'],
  ] as const)
    await person(name, role);
  const id = await say(await inApp({ kind: 'role', role: 'marketer' }));
  await attempt(id);
  // As after a crash between telling and writing down that it was told.
  await pool.query(`update deliveries set status = 'pending' where id = $1`, [id]);
  await attempt(id);
  const said = { subject: 'Hot lead', body: 'Call now' };
  expect(await noticesOf(id)).toEqual([
    { name: 'ann', ...said },
    { name: 'ben', ...said },
  ]);
  expect(await row(id)).toMatchObject({ status: 'delivered', attempts: 2, last_error: null });
});

test('one person is told by the address that they sign in with, and the owner of the lead by that of the queue', async () => {
  await person('dee', 'sales');
  const byAddress = await say(await inApp({ kind: 'person', email: 'Dee@example.com' }));
  await attempt(byAddress);
  expect((await noticesOf(byAddress)).map(({ name }) => name)).toEqual(['dee']);
  const owner = await say(await inApp({ kind: 'lead_owner' }));
  await expect(attempt(owner)).rejects.toMatchObject({
    permanent: true,
    message: containing('Route it to sales first'),
  });
  await pool.query(
    `insert into definitions (kind, id, version, document, from_revision) values ('queue', 'inside', 1, $1, 1)`,
    [{ kind: 'queue', id: 'inside', name: 'Inside', reps: [{ id: 'dee', name: 'Dee', email: 'dee@example.com' }] }],
  );
  await pool.query(
    `insert into leads (id, contact_id, run_id, queue, rep, status, decision, why, at)
     select $1, contact_id, run_id, 'inside', 'dee', 'open', '{}', '[]', 1 from deliveries where id = $2`,
    [randomUUID(), owner],
  );
  await attempt(owner);
  expect((await noticesOf(owner)).map(({ name }) => name)).toEqual(['dee']);
});

test.each([
  [{ kind: 'person', email: 'nobody@example.com' }, 'Nobody signs in with nobody@example.com'],
  [{ kind: 'role', role: 'admin' }, 'Nobody has the role admin'],
])('whom nobody can be told for fails at once, with what to do: %j', async (to, sentence) => {
  const id = await say(await inApp(to));
  await expect(attempt(id)).rejects.toMatchObject({ permanent: true, message: containing(sentence) });
  expect(await row(id)).toMatchObject({ status: 'pending', last_error: containing(sentence) });
});

test('of a person the newest thousand are kept, for ninety days', async () => {
  const id = await person('eve', 'sales');
  const now = Date.UTC(2026, 5, 1);
  await pool.query(
    `insert into notices (person_id, delivery_id, contact_id, automation, subject, body, at)
     select $1, gen_random_uuid(), gen_random_uuid(), 'card', n::text, '', $2::bigint - n * 60000 from generate_series(1, 1005) n`,
    [id, now],
  );
  await pool.query(`update notices set at = $2 where person_id = $1 and subject = '1'`, [id, now - 91 * 86_400_000]);
  await removeOldNotices(pool, now);
  const { rows } = await pool.query<{ kept: number; oldest: number }>(
    `select count(*)::int as kept, max(subject::int) as oldest from notices where person_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ kept: 1_000, oldest: 1_001 }]);
});
