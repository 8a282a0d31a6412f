import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts';

let database: TestDatabase | undefined;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

test('a test database has the migrated schema', async () => {
  const client = new pg.Client(database?.url);
  await client.connect();
  const { rows } = await client.query<{ name: string }>('select name from schema_migrations order by name');
  await client.end();
  expect(rows.map((row) => row.name)).toContain('0001_core');
});
