import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runner } from 'node-pg-migrate';

const migrationsDir = resolve(import.meta.dirname, '../migrations');

/**
 * Applies the numbered SQL files of `infra/migrations` that this database does not have yet, each in its own transaction,
 * under an advisory lock, so that several processes may call it at once.
 * Returns the names it applied, in order; throws Postgres's error with the file's name when one fails.
 */
export async function migrate(databaseUrl: string, dir: string = migrationsDir): Promise<string[]> {
  if (!existsSync(dir) || !readdirSync(dir).some((name) => name.endsWith('.sql'))) return [];
  const messages: string[] = [];
  const note = (message: string): void => void messages.push(message);
  try {
    const applied = await runner({
      databaseUrl,
      dir: join(dir, '*.sql'),
      useGlob: true,
      direction: 'up',
      migrationsTable: 'schema_migrations',
      checkOrder: true,
      singleTransaction: false,
      advisoryLockMode: 'wait',
      logger: { debug: () => undefined, info: note, warn: note, error: note },
    });
    return applied.map((migration) => migration.name);
  } catch (error) {
    const file = messages.findLast((message) => message.includes('MIGRATION'))?.match(/### MIGRATION (\S+)/)?.[1];
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(file ? `Migration ${file} failed: ${reason}` : `The schema was not migrated: ${reason}`, {
      cause: error,
    });
  }
}
