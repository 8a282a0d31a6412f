import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const env = { DATABASE_URL: 'postgres://localhost/ripen' };

test('what is not set has a default, and nothing reaches private addresses by default', () => {
  const config = readConfig(env);
  expect(config.temporal).toEqual({ address: '127.0.0.1:7233', namespace: 'default', apiKey: null, tls: false });
  expect(config.smtp.url).toBeNull();
  expect(config.privateAddresses).toEqual(new Set());
});

test('an API key means an encrypted connection', () => {
  expect(readConfig({ ...env, TEMPORAL_API_KEY: 'key' }).temporal.tls).toBe(true);
});

test.each([
  [{}, /DATABASE_URL is not set/],
  [{ ...env, TEMPORAL_TLS: 'maybe' }, /TEMPORAL_TLS is "maybe"/],
  [{ ...env, RIPEN_LINGER_MS: '1s' }, /RIPEN_LINGER_MS is "1s"/],
])('%o is refused in a sentence', (bad, sentence) => {
  expect(() => readConfig(bad)).toThrow(sentence);
});

test('private addresses are allowed all, or host by host', () => {
  expect(readConfig({ ...env, RIPEN_ALLOW_PRIVATE_ADDRESSES: 'true' }).privateAddresses).toBe('allowed');
  const { privateAddresses } = readConfig({ ...env, RIPEN_ALLOW_PRIVATE_ADDRESSES: '127.0.0.1:4600, Hooks.internal' });
  expect(privateAddresses).toEqual(new Set(['127.0.0.1:4600', 'hooks.internal']));
});
