import { dumpSchema } from '@ripen/infra';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '../../helpers/database.ts';

async function dumpAfter(statements: readonly string[]): Promise<string> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const client = new pg.Client(database.url);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
  return dumpSchema(database.url);
}

const base = [
  'create table zz_one (id bigint generated always as identity primary key, body text)',
  'create table zz_two (at bigint not null, one bigint) partition by range (at)',
];

test('the same objects made in another order give the same text', async () => {
  expect(await dumpAfter(base)).toBe(await dumpAfter([...base].reverse()));
});

test.each([
  ['a column', 'alter table zz_one add more integer'],
  ['a default', "alter table zz_one alter body set default 'x'"],
  ['not null', 'alter table zz_one alter body set not null'],
  ['a generated column', 'alter table zz_one add low text generated always as (lower(body)) stored'],
  ['a check', "alter table zz_one add constraint zz_check check (body <> '')"],
  ['a foreign key', 'alter table zz_two add constraint zz_foreign foreign key (one) references zz_one'],
  ['an index', 'create index zz_index on zz_one (body) where body is not null'],
  ['an index on a partitioned table', 'create index zz_index on zz_two (one)'],
  ['a partition', 'create table zz_two_a partition of zz_two for values from (0) to (10)'],
  ['a storage parameter', 'alter table zz_one set (fillfactor = 70)'],
  ['column storage', 'alter table zz_one alter body set storage external'],
  ['a sequence', 'create sequence zz_sequence increment 10'],
  ['a function', "create function zz_function() returns int language sql as 'select 1'"],
  ['an enum', "create type zz_enum as enum ('a', 'b')"],
  ['a view', 'create view zz_view as select body from zz_one'],
  ['a comment', "comment on column zz_one.body is 'why'"],
  ['unlogged', 'alter table zz_one set unlogged'],
])('%s shows in the dump', async (_what, statement) => {
  expect(await dumpAfter([...base, statement])).not.toBe(await dumpAfter(base));
});
