import pg from 'pg';

const int8 = 20;

/** bigint columns as numbers: ours are milliseconds, micropoints and counts, all far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8
      ? Number
      : // The library's own overloads do not accept its own union.
        (pg.types.getTypeParser(oid, format) as (value: string) => unknown),
};

export interface PoolOptions {
  databaseUrl: string;
  /** Most connections at once. Default 24: one per awake lane, the rest for requests. */
  max?: number;
  applicationName?: string;
}

/** A pool whose bigints are numbers. The caller ends it. */
export const createPool = (options: PoolOptions): pg.Pool =>
  new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.max ?? 24,
    application_name: options.applicationName ?? 'ripen',
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
    types,
  });
