import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const env = { DATABASE_URL: 'postgres://localhost/ripen' };

test('what is not set has a default, and nothing reaches private addresses by default', () => {
  const config = readConfig(env);
  expect(config.temporal).toEqual({ address: '127.0.0.1:7233', namespace: 'default', apiKey: null, tls: false });
  expect(config.smtp.url).toBeNull();
  expect(config.allowPrivateAddresses).toBe(false);
});

test('an API key means an encrypted connection', () => {
  expect(readConfig({ ...env, TEMPORAL_API_KEY: 'key' }).temporal.tls).toBe(true);
});

test.each([
  [{}, /DATABASE_URL is not set/],
  [{ ...env, RIPEN_ALLOW_PRIVATE_ADDRESSES: 'maybe' }, /RIPEN_ALLOW_PRIVATE_ADDRESSES is "maybe"/],
  [{ ...env, RIPEN_LINGER_MS: '1s' }, /RIPEN_LINGER_MS is "1s"/],
])('%o is refused in a sentence', (bad, sentence) => {
  expect(() => readConfig(bad)).toThrow(sentence);
});
