import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@ripen/infra';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import pg from 'pg';
import { createTestDatabase } from '../../helpers/database.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ripen-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});
const write = (name: string, sql: string): void => writeFileSync(join(folder, `${name}.sql`), sql);

/** An empty database: the template's migrations have other names. */
async function emptyDatabase(): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.end();
  return database.url;
}

test('files are applied once, in order, also when several processes start together', async () => {
  const url = await emptyDatabase();
  write('0001_one', 'create table one (id int);');
  write('0002_two', 'alter table one add more int;');
  const applied = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
  expect(applied.flat().sort()).toEqual(['0001_one', '0002_two']);
  write('0003_three', 'create table three (id int);');
  expect(await migrate(url, folder)).toEqual(['0003_three']);
  expect(await migrate(url, folder)).toEqual([]);
});

test('a failing file is named, rolled back whole, and applied once it is mended', async () => {
  const url = await emptyDatabase();
  write('0001_one', 'create table one (id int);');
  write('0002_two', 'create table two (id int); select * from nowhere;');
  await expect(migrate(url, folder)).rejects.toThrow(/0002_two.*nowhere/);
  write('0002_two', 'create table two (id int);');
  expect(await migrate(url, folder)).toEqual(['0002_two']);
});
