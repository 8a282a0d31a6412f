import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { removePostgres, startPostgres } from '../../local/postgres/server.ts';
import { migrate } from '../migrate.ts';
import { dumpSchema } from './schema.ts';

/** The dump that is kept in the repository. */
export const committedSchemaPath = resolve(import.meta.dirname, '../../schema.sql');

/** The schema that the migrations make from nothing, on a throw-away server. */
export async function migratedSchema(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-schema-'));
  try {
    const server = await startPostgres({ dir, durable: false });
    try {
      await migrate(server.url);
      return await dumpSchema(server.url);
    } finally {
      await server.stop();
    }
  } finally {
    await removePostgres(dir);
    rmSync(dir, { recursive: true, force: true });
  }
}
