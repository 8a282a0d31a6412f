import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Store } from '../store/store.ts';
import { createKey } from './keys.ts';

/** What command lines and people on the same machine find in `keys.json`. */
export interface KeysFile {
  url?: string;
  writeKey?: string;
  apiKey?: string;
}

export type FirstKeys = 'made' | 'kept' | 'elsewhere';

const lockKey = 0x6b657973;

/**
 * An installation without any key gets a write key and an admin key, written to `keys.json` in the data folder, readable by
 * its owner only. Later starts only bring the address in it up to date. `elsewhere`: there are keys, but no file here.
 */
export const ensureFirstKeys = async (
  store: Store,
  dataDir: string,
  url: string,
): Promise<{ outcome: FirstKeys; path: string }> => {
  const path = join(dataDir, 'keys.json');
  const made = await store.transaction(async (tx) => {
    // Several processes may start at once on an empty database.
    await tx.query('select pg_advisory_xact_lock($1)', [lockKey]);
    const { rowCount } = await tx.query('select 1 from api_keys where revoked_at is null limit 1');
    if (rowCount) return null;
    const write = await createKey(tx, { kind: 'write', name: 'First write key' });
    const admin = await createKey(tx, { kind: 'api', name: 'First admin key', permissions: ['admin'] });
    // Inside the transaction: keys that nobody can read must not be there.
    await writeKeys(path, { url, writeKey: write.key, apiKey: admin.key });
    return true;
  });
  if (made) return { outcome: 'made', path };
  const file = await readKeys(path);
  if (!file) return { outcome: 'elsewhere', path };
  if (file.url !== url) await writeKeys(path, { ...file, url });
  return { outcome: 'kept', path };
};

const readKeys = async (path: string): Promise<KeysFile | null> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as KeysFile; // Written below; others only read it.
  } catch {
    // Absent is normal where another machine made the keys.
    return null;
  }
};

const writeKeys = async (path: string, keys: KeysFile): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}.new`;
  await writeFile(next, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  await chmod(next, 0o600);
  await rename(next, path);
};
