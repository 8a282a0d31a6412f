import { expect, test } from 'vitest';
import { reachedAt } from './ports.ts';

test.each([
  [undefined, '127.0.0.1'],
  [' ', '127.0.0.1'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '127.0.0.1'],
  ['localhost', 'localhost'],
  ['192.0.2.7', '192.0.2.7'],
  ['::1', '[::1]'],
])('a server that listens on %j is reached at %s', (host, shown) => {
  expect(reachedAt(host)).toBe(shown);
});
