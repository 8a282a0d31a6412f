import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import '../setup/postgres.ts';

/** A database of a test file's own. */
export interface TestDatabase {
  readonly url: string;
  /** Ends its connections and removes it. */
  drop(): Promise<void>;
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client(inject('postgresUrl'));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Postgres's code for a database that somebody is still connected to. */
const objectInUse = '55006';

/**
 * Connections that were ended a moment ago may not have gone yet, and being cut off would count as their error: they get
 * a second to go before they are ended.
 */
async function drop(name: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      await onServer(`drop database if exists ${name}`);
      return;
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.code !== objectInUse) throw error;
      await delay(50);
    }
  }
  await onServer(`drop database if exists ${name} with (force)`);
}

/**
 * Clones the migrated template, in some 30 ms. Call it once per test file in `beforeAll`, and `drop` in `afterAll`.
 * Only for tests below `test/`, whose projects start a Postgres.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // Half the time of writing the copy into the log first.
  await onServer(`create database ${name} template ripen_template strategy file_copy`);
  return {
    url: new URL(`/${name}`, inject('postgresUrl')).href,
    drop: () => drop(name),
  };
}
