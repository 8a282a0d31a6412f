import type { Properties } from '@ripen/shared';
import { expect, test } from 'vitest';
import type { Receiver } from '../support/receiver.ts';
import { secret, startOutbound } from './outbound.ts';

const outbound = startOutbound();
const { webhook, attempt, row } = outbound;

/** The same delivery as a request that a run waits for. */
const request = async () => {
  const id = await webhook();
  await outbound.pool.query(`update deliveries set answer = 'awaited' where id = $1`, [id]);
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
  outbound.receiver.answer = said;
  await attempt(id);
  expect(outbound.answers).toEqual([detail]);
  expect(JSON.parse(outbound.receiver.received[0]?.body ?? '')).toMatchObject({ id, type: 'ripen.request' });
  expect(await row(id)).toMatchObject({ status: 'delivered' });
});

test('a request that failed has no answer yet, and what was only told has none', async () => {
  const id = await request();
  outbound.receiver.answer = (response) => response.writeHead(500).end();
  await expect(attempt(id)).rejects.toThrow();
  outbound.receiver.answer = (response) => response.end();
  await attempt(await webhook());
  expect(outbound.answers).toEqual([]);
});

test('secrets are in no error and in no answer', async () => {
  const id = await request();
  outbound.receiver.answer = (response) => response.writeHead(500).end('no');
  const error: unknown = await attempt(id).catch((failure: unknown) => failure);
  expect(JSON.stringify([String(error), await row(id)])).not.toContain(secret.slice(6, 20));
});
