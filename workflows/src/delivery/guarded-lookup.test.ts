import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { DeliveryError } from './failure.ts';
import { assertPublicLiteral, guardedLookup } from './guarded-lookup.ts';

const v4 = (address: string): LookupAddress => ({ address, family: 4 });
const look = (addresses: LookupAddress[], all: boolean) =>
  new Promise<unknown>((resolve, reject) => {
    guardedLookup(() => Promise.resolve(addresses))('hook.example', { all }, (error, address) =>
      error ? reject(error) : resolve(address),
    );
  });

test('a name at a public address is looked up as always', async () => {
  expect(await look([v4('93.184.216.34')], false)).toBe('93.184.216.34');
  expect(await look([v4('93.184.216.34')], true)).toEqual([v4('93.184.216.34')]);
});

test('one private answer among public ones refuses the name, for good', async () => {
  const answer = look([v4('93.184.216.34'), v4('10.0.0.8')], true);
  await expect(answer).rejects.toThrow(/10\.0\.0\.8, a private address/);
  await expect(answer).rejects.toMatchObject({ permanent: true });
});

test('a name without an address is an error, not a connection to nowhere', async () => {
  await expect(look([], true)).rejects.toThrow(DeliveryError);
});

test('addresses written into the URL are checked too, since sockets do not look them up', () => {
  expect(() => assertPublicLiteral('169.254.169.254')).toThrow(DeliveryError);
  expect(() => assertPublicLiteral('[::ffff:7f00:1]')).toThrow(DeliveryError);
  expect(() => assertPublicLiteral('93.184.216.34')).not.toThrow();
  expect(() => assertPublicLiteral('hook.example')).not.toThrow();
});

test('short and odd spellings of addresses are read by the URL before they are checked', () => {
  for (const url of ['http://127.1/', 'http://0x7f000001/', 'http://2130706433/', 'http://0177.0.0.1/']) {
    expect(() => assertPublicLiteral(new URL(url).hostname)).toThrow(DeliveryError);
  }
});
