import { DeliveryStore } from '@ripen/workflows';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { startReceiver } from '../support/receiver.ts';
import { containing, secret, startOutbound } from './outbound.ts';

const outbound = startOutbound();
const { publish, say, webhook, attempt, row } = outbound;

test('a webhook arrives once, signed so that the convention’s own library accepts it', async () => {
  const id = await webhook();
  await attempt(id);
  await attempt(id);
  expect(outbound.receiver.received).toHaveLength(1);
  const [got] = outbound.receiver.received;
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
  outbound.receiver.answer = (response, times) => response.writeHead(times === 1 ? 503 : 204).end();
  await expect(attempt(id)).rejects.toMatchObject({ permanent: false });
  expect(await row(id)).toMatchObject({ status: 'pending', attempts: 1, last_error: containing('503') });
  await attempt(id);
  const [first, second] = outbound.receiver.received;
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
  outbound.receiver.answer = (response) =>
    response.writeHead(status, { location: `${outbound.receiver.url}/elsewhere` }).end('no, thank you');
  await expect(attempt(id)).rejects.toMatchObject({ permanent, message: containing('no, thank you') });
  expect(outbound.receiver.received.map(({ path }) => path)).toEqual(['/hook']);
});

test('a receiver may ask for patience, within reason', async () => {
  const id = await webhook();
  outbound.receiver.answer = (response) => response.writeHead(429, { 'retry-after': '120' }).end();
  await expect(attempt(id)).rejects.toMatchObject({ retryAfterMs: 120_000 });
  outbound.receiver.answer = (response) => response.writeHead(429, { 'retry-after': '99999999' }).end();
  await expect(attempt(id)).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
});

test('a receiver that does not answer, or never ends its answer, is left after the timeout', async () => {
  const id = await webhook();
  outbound.settings.webhook.timeoutMs = 200;
  outbound.receiver.answer = () => undefined;
  await expect(attempt(id)).rejects.toThrow(/did not answer within 200 ms/);
  outbound.receiver.answer = (response) => void response.writeHead(500).write('x'.repeat(100));
  await expect(attempt(id)).rejects.toThrow(/did not answer within 200 ms/);
});

test('only the start of an answer is read', async () => {
  const id = await webhook();
  outbound.receiver.answer = (response) => {
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
  outbound.settings.webhook.privateAddresses = new Set();
  const { port } = new URL(outbound.receiver.url);
  for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433']) {
    const id = await say(await publish({ type: 'webhook', url: `http://${host}:${port}/hook` }));
    await expect(attempt(id)).rejects.toMatchObject({
      permanent: true,
      message: containing('private address'),
    });
  }
  expect(outbound.receiver.received).toEqual([]);
});

test('a private host that is named is called, and no other', async () => {
  outbound.settings.webhook.privateAddresses = new Set([new URL(outbound.receiver.url).host]);
  await attempt(await webhook());
  expect(outbound.receiver.received).toHaveLength(1);
  const other = await startReceiver();
  const id = await say(await publish({ type: 'webhook', url: other.url }));
  await expect(attempt(id)).rejects.toMatchObject({ permanent: true });
  await other.close();
});

test('nobody listening is a failure that passes, in a sentence', async () => {
  const id = await webhook();
  await outbound.receiver.close();
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
  const channel = await publish({ type: 'webhook', url: outbound.receiver.url });
  await outbound.pool.query('delete from channel_secrets where channel = $1', [channel]);
  await expect(attempt(await say(channel))).rejects.toMatchObject({ permanent: true });
});

test('what is given up stays given up, with the last reason', async () => {
  const id = await webhook();
  outbound.receiver.answer = (response) => response.writeHead(500).end();
  await expect(attempt(id)).rejects.toThrow();
  await new DeliveryStore(outbound.pool).givenUp(id, 'too many attempts');
  expect(await row(id)).toMatchObject({ status: 'failed', last_error: containing('500') });
  outbound.receiver.answer = (response) => response.end();
  await attempt(id);
  expect(outbound.receiver.received).toHaveLength(1);
});

test('a Slack channel is told in words, unsigned, under the same guard', async () => {
  const id = await say(await publish({ type: 'slack', url: `${outbound.receiver.url}/services/T/B/x` }));
  await attempt(id);
  const [got] = outbound.receiver.received;
  const { text } = JSON.parse(got?.body ?? '') as { text: string };
  expect(text).toMatch(/^\*Hot lead\*\nCall now\n\nContact /);
  expect(got?.headers).not.toHaveProperty('webhook-signature');
  outbound.settings.webhook.privateAddresses = new Set();
  const hidden = await say(await publish({ type: 'slack', url: outbound.receiver.url }));
  await expect(attempt(hidden)).rejects.toMatchObject({ permanent: true, message: containing('private address') });
});
