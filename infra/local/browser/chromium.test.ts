import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureChromium, type ChromiumSearch } from './chromium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ripen-chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that answers `--version`, as the search asks of what it finds. */
function writeProgram(path: string, exitCode = 0): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\nexit ${exitCode}\n`);
  chmodSync(path, 0o755);
  return path;
}

const refuse = async (): Promise<never> => {
  throw new Error('not possible here');
};
const fetchedPath = (): string => join(folder, 'fetched/chrome');
const search = (change: Partial<ChromiumSearch> = {}): ChromiumSearch => ({
  env: { PATH: join(folder, 'bin') },
  fetched: { path: fetchedPath(), fetch: refuse },
  install: refuse,
  ...change,
});

test('the one that is asked for comes first, and must run', async () => {
  writeProgram(join(folder, 'bin/chromium'));
  const own = writeProgram(join(folder, 'own/chrome'));
  const env = { PATH: join(folder, 'bin'), CHROMIUM_PATH: own };
  expect(await ensureChromium(search({ env }))).toEqual({ path: own, origin: 'CHROMIUM_PATH' });
  writeProgram(own, 1);
  await expect(ensureChromium(search({ env }))).rejects.toThrow('CHROMIUM_PATH is');
});

test('then what is on PATH and runs, then what was fetched earlier', async () => {
  writeProgram(fetchedPath());
  writeProgram(join(folder, 'bin/chromium'), 1);
  expect(await ensureChromium(search())).toEqual({ path: fetchedPath(), origin: 'cached' });
  const chrome = writeProgram(join(folder, 'bin/google-chrome'));
  expect(await ensureChromium(search())).toEqual({ path: chrome, origin: 'on PATH' });
});

test('where there is none it is installed, else downloaded', async () => {
  const install = async (): Promise<void> => void writeProgram(join(folder, 'bin/chromium'));
  const fetch = async (): Promise<void> => void writeProgram(fetchedPath());
  const fetched = { path: fetchedPath(), fetch };
  expect((await ensureChromium(search({ fetched }))).origin).toBe('downloaded');
  rmSync(fetchedPath());
  expect((await ensureChromium(search({ fetched, install }))).origin).toBe('installed');
});

test('where nothing is possible one sentence says what to do', async () => {
  await expect(ensureChromium(search())).rejects.toThrow(
    'There is no Chromium, and it could be neither installed nor downloaded (not possible here; not possible here). ' +
      'Install Chromium or Chrome, or set CHROMIUM_PATH to one.',
  );
});
