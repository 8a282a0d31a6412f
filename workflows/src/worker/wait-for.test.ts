import { expect, test } from 'vitest';
import { waitFor } from './wait-for.ts';

test('tries until it works, and says once what is missing', async () => {
  const told: string[] = [];
  let attempts = 0;
  const result = await waitFor({
    what: 'Postgres',
    attempt: () => (++attempts < 3 ? Promise.reject(new Error('connection refused')) : Promise.resolve('ready')),
    tell: (sentence) => told.push(sentence),
    signal: new AbortController().signal,
  });
  expect(result).toBe('ready');
  expect(attempts).toBe(3);
  expect(told).toEqual(['Postgres is not ready yet (connection refused). Trying again.']);
});

test('stops when told to', async () => {
  const control = new AbortController();
  const waiting = waitFor({
    what: 'Postgres',
    attempt: () => Promise.reject(new Error('connection refused')),
    tell: () => control.abort(),
    signal: control.signal,
  });
  await expect(waiting).rejects.toThrow(/abort/i);
});
