import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensureChromium, type Report } from '@ripen/infra';
import { chromium, type Browser } from 'playwright-core';

const run = promisify(execFile);
const program = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');

/** The path of a Chromium; fetched on a machine that has none. */
export async function findChromium(report?: Report): Promise<string> {
  const fetch = async (): Promise<void> =>
    void (await run(process.execPath, [program(), 'install', '--with-deps', 'chromium'], { maxBuffer: 1 << 26 }).catch(
      () =>
        // Libraries of the system are for root to install; the browser itself is for everybody.
        run(process.execPath, [program(), 'install', 'chromium'], { maxBuffer: 1 << 26 }),
    ));
  const found = await ensureChromium({
    fetched: { path: chromium.executablePath(), fetch },
    ...(report && { report }),
  });
  return found.path;
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Containers have a small /dev/shm.
  '--disable-dev-shm-usage',
];

/** Starts a Chromium without windows. */
export const launch = (executablePath: string): Promise<Browser> => chromium.launch({ executablePath, args });
