import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureTemporalCli, temporalCliVersion } from './cli.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ripen-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that answers `--version`, as the search asks of what it finds. */
async function writeProgram(path: string, exitCode = 0): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\nexit ${exitCode}\n`);
  chmodSync(path, 0o755);
}

const environment = (path = ''): NodeJS.ProcessEnv => ({
  PATH: path,
  RIPEN_HOME: join(folder, 'home'),
  XDG_CACHE_HOME: join(folder, 'cache'),
});
const cachePath = (): string => join(folder, 'cache/ripen/bin', `temporal-${temporalCliVersion}`);
const refuse = async (): Promise<never> => {
  throw new Error('no network');
};

test('a program on PATH is taken before anything else', async () => {
  await writeProgram(join(folder, 'bin/temporal'));
  await writeProgram(cachePath());
  const found = await ensureTemporalCli({ env: environment(join(folder, 'bin')), download: refuse, build: refuse });
  expect(found).toEqual({ path: join(folder, 'bin/temporal'), origin: 'on PATH' });
});

test('one that does not run is passed over', async () => {
  await writeProgram(join(folder, 'bin/temporal'), 1);
  await writeProgram(cachePath());
  const found = await ensureTemporalCli({ env: environment(join(folder, 'bin')), download: refuse, build: refuse });
  expect(found).toEqual({ path: cachePath(), origin: 'cached' });
});

test('where nothing can be downloaded it is built, and found in the cache from then on', async () => {
  const said: string[] = [];
  const search = {
    env: environment(),
    download: refuse,
    build: writeProgram,
    report: (line: string) => said.push(line),
  };
  expect(await ensureTemporalCli(search)).toEqual({ path: cachePath(), origin: 'built' });
  expect(said.join('\n')).toMatch(/Downloading.*\n.*no network.*\nBuilding/);
  expect(await ensureTemporalCli({ env: environment(), download: refuse, build: refuse })).toEqual({
    path: cachePath(),
    origin: 'cached',
  });
});

test('a download that is not a program is not kept', async () => {
  const found = await ensureTemporalCli({
    env: environment(),
    download: (target) => writeProgram(target, 1),
    build: writeProgram,
  });
  expect(found.origin).toBe('built');
});

test('when all fails, the sentence names the reasons and the remedies', async () => {
  const search = ensureTemporalCli({
    env: environment(),
    download: refuse,
    build: async () => {
      throw new Error('Go is not installed');
    },
  });
  await expect(search).rejects.toThrow(/no network; Go is not installed.*Install.*TEMPORAL_ADDRESS/);
});
