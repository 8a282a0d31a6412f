import { expect, test } from 'vitest';
import { keyFrom } from './authenticate.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

test.each<[string, string | undefined, string | null]>([
  ["a library's write key", basic('key:'), 'key'],
  ['a user without a colon', basic('key'), 'key'],
  ['a user with a password', basic('key:secret'), 'key'],
  ['a bearer', 'Bearer key', 'key'],
  ['any case and spacing', '  bEARER   key ', 'key'],
  ['nothing', undefined, null],
  ['an empty user', basic(':x'), null],
  ['a scheme alone', 'Bearer', null],
  ['another scheme', 'Digest key', null],
])('%s', (_what, header, key) => {
  expect(keyFrom(header)).toBe(key);
});
