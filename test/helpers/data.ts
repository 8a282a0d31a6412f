import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Data that was not written for the project lies beside the checkout, and may be absent. */
export const dataDir = resolve(import.meta.dirname, '../../../shared/data');

/** Whether a file or folder of it is there; says so when it is not, because its tests are skipped. */
export const hasData = (name: string): boolean => {
  const found = existsSync(join(dataDir, name));
  if (!found) console.warn(`SKIPPED: ../shared/data/${name} is not there, so its tests do not run.`);
  return found;
};
