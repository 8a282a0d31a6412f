import { expect, test } from 'vitest';
import { isByHttps, isFromThisMachine, originOf } from './origin.ts';

test.each([
  ['says so', { 'sec-fetch-site': 'same-origin' }, 'same'],
  ['typed the address', { 'sec-fetch-site': 'none' }, 'same'],
  ['is elsewhere', { 'sec-fetch-site': 'cross-site', origin: 'http://ripen.test:8080' }, 'other'],
  ['is a neighbour', { 'sec-fetch-site': 'same-site' }, 'other'],
  ['has our origin', { origin: 'http://ripen.test:8080' }, 'same'],
  ['has our origin by https', { origin: 'https://ripen.test:8080' }, 'same'],
  ['has the public origin', { origin: 'https://ripen.example' }, 'same'],
  ['has the public name without https', { origin: 'http://ripen.example' }, 'other'],
  ['has another port', { origin: 'http://ripen.test:9090' }, 'other'],
  ['hides its origin', { origin: 'null' }, 'other'],
  ['says nothing', {}, 'unknown'],
])('a page that %s', (_what, headers, origin) => {
  expect(originOf({ headers: { host: 'Ripen.test:8080', ...headers } }, 'https://ripen.example')).toBe(origin);
});

test.each([
  [{ host: 'localhost:4600' }, true],
  [{ host: '127.0.0.1' }, true],
  [{ host: '[::1]:4600' }, true],
  [{ host: 'ripen.example' }, false],
  [{ host: 'localhost.example' }, false],
  [{}, false],
  [{ host: 'localhost', 'x-forwarded-for': '203.0.113.7' }, false],
  [{ host: 'localhost', via: '1.1 proxy' }, false],
])('%j is from this machine: %s', (headers, expected) => {
  expect(isFromThisMachine({ headers })).toBe(expected);
});

test('https is known by the connection, a trusted proxy, or the public address', () => {
  const headers = { host: 'ripen.example' };
  expect(isByHttps({ headers, secure: true }, null)).toBe(true);
  expect(isByHttps({ headers, secure: false }, null)).toBe(false);
  expect(isByHttps({ headers, secure: false }, 'https://ripen.example')).toBe(true);
  expect(isByHttps({ headers, secure: false }, 'http://ripen.example')).toBe(false);
  expect(isByHttps({ headers: { host: 'localhost' }, secure: false }, 'https://ripen.example')).toBe(false);
});
