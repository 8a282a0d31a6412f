import { describe, expect, test } from 'vitest';
import { ConfigError, isLoopback, readConfig } from './config.ts';

const env = { DATABASE_URL: 'postgres://ripen@127.0.0.1/ripen' };
const said = (given: NodeJS.ProcessEnv): string => {
  try {
    readConfig(given);
    return 'accepted';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
};

describe('the environment', () => {
  test('only the database has no default', () => {
    expect(readConfig(env)).toMatchObject({ port: 8080, host: '127.0.0.1', temporal: null, logLevel: 'info' });
  });

  test('blank is absent', () => {
    expect(readConfig({ ...env, PORT: ' ', TEMPORAL_ADDRESS: '' })).toMatchObject({ port: 8080, temporal: null });
  });

  test('proxies are so many, or have addresses', () => {
    expect(readConfig(env).trustedProxies).toBeNull();
    expect(readConfig({ ...env, RIPEN_TRUSTED_PROXIES: '2' }).trustedProxies).toBe(2);
    expect(readConfig({ ...env, RIPEN_TRUSTED_PROXIES: '10.0.0.0/8' }).trustedProxies).toBe('10.0.0.0/8');
  });

  test('Temporal by key is spoken to encrypted, unless said otherwise', () => {
    const cloud = { ...env, TEMPORAL_ADDRESS: 'cloud:7233', TEMPORAL_API_KEY: 'k' };
    expect(readConfig(cloud).temporal).toEqual({ address: 'cloud:7233', namespace: 'default', apiKey: 'k', tls: true });
    expect(readConfig({ ...cloud, TEMPORAL_TLS: 'false' }).temporal?.tls).toBe(false);
  });

  test.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['no database', {}, /DATABASE_URL is missing: set it/],
    ['another database', { DATABASE_URL: 'mysql://x' }, /DATABASE_URL must start with postgres/],
    ['a port that is none', { ...env, PORT: '99999' }, /PORT /],
    ['an address that is none', { ...env, RIPEN_PUBLIC_URL: 'ripen.example' }, /RIPEN_PUBLIC_URL must be where/],
    ['a weak secret', { ...env, RIPEN_AUTH_SECRET: 'short' }, /RIPEN_AUTH_SECRET must have 32/],
    ['a level that is none', { ...env, LOG_LEVEL: 'loud' }, /LOG_LEVEL /],
    ['two mistakes', { PORT: 'x' }, /DATABASE_URL[\s\S]*PORT/],
  ])('%s is told by its name', (_what, given, words) => {
    expect(said(given)).toMatch(words);
  });
});

test.each([
  ['127.0.0.1', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
])('%s is reached by this machine only: %s', (host, only) => {
  expect(isLoopback(host)).toBe(only);
});
