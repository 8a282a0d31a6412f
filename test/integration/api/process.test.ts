import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts';

const entry = resolve(import.meta.dirname, '../../../engine/src/main.ts');

interface Process {
  child: ChildProcess;
  output: () => string;
  exited: Promise<number | null>;
}

const start = (env: NodeJS.ProcessEnv): Process => {
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, exited: new Promise((done) => child.once('exit', (code) => done(code))) };
};

describe('the API process', () => {
  let database: TestDatabase;
  let dataDir: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'ripen-api-'));
  });
  afterAll(async () => {
    await database.drop();
    await rm(dataDir, { recursive: true });
  });

  /** Temporal is told, but not there: the API must do without. */
  const env = (): NodeJS.ProcessEnv => ({
    DATABASE_URL: database.url,
    PORT: '0',
    RIPEN_DATA_DIR: dataDir,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
  });
  const keys = async (): Promise<{ url: string; writeKey: string; apiKey: string }> =>
    JSON.parse(await readFile(join(dataDir, 'keys.json'), 'utf8')) as { url: string; writeKey: string; apiKey: string };
  const ready = (process: Process): Promise<void> =>
    expect.poll(process.output, { timeout: 20_000 }).toContain('"ready":true');

  test('makes the first keys for its owner only, takes events while Temporal is away, and ends when told', async () => {
    const process = start(env());
    await ready(process);
    const { url, writeKey, apiKey } = await keys();
    expect((await stat(join(dataDir, 'keys.json'))).mode & 0o777).toBe(0o600);
    expect(process.output()).not.toContain(writeKey);
    expect(process.output()).not.toContain(apiKey);
    const sent = await fetch(`${url}/v1/track`, {
      method: 'POST',
      body: JSON.stringify({ event: 'x', userId: 'u', writeKey }),
    });
    expect(await sent.json()).toMatchObject({ accepted: 1 });
    const status = await fetch(`${url}/api/status`, { headers: { authorization: `Bearer ${apiKey}` } });
    expect(await status.json()).toMatchObject({
      status: 'degraded',
      temporal: 'does not answer',
      inbox: { waiting: 1 },
    });
    process.child.kill('SIGTERM');
    expect(await process.exited, process.output()).toBe(0);
  });

  test('a later start keeps the keys and brings the address up to date', async () => {
    const before = await keys();
    const process = start(env());
    await ready(process);
    const after = await keys();
    expect([after.writeKey, after.apiKey]).toEqual([before.writeKey, before.apiKey]);
    expect(
      (await fetch(`${after.url}/api/keys`, { headers: { authorization: `Bearer ${after.apiKey}` } })).status,
    ).toBe(200);
    process.child.kill('SIGINT');
    expect(await process.exited).toBe(0);
  });

  test.each<[string, () => NodeJS.ProcessEnv, RegExp]>([
    [
      'an unusable environment',
      () => ({ ...env(), PORT: 'many' }),
      /Ripen cannot start with this environment:\n {2}PORT /,
    ],
    [
      'a database that is not there',
      () => ({ ...env(), DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }),
      /The database cannot be used/,
    ],
  ])('%s ends it with a sentence', async (_what, given, words) => {
    const process = start(given());
    expect(await process.exited).toBe(1);
    expect(process.output()).toMatch(words);
    expect(process.output()).not.toMatch(/^\s+at /m);
  });
});
