import {
  createKey,
  createPrograms,
  createStore,
  acceptEvents,
  drainLane,
  noPokes,
  publishDefinitions,
  readLanes,
  type LaneDeps,
} from '@ripen/engine';
import type pg from 'pg';
import { workloadDefinitions } from './definitions.ts';
import { messagesOf } from './messages.ts';
import type { Templates } from './templates.ts';

/** A workspace with so many contacts and runs that lists are long. */
export interface Many {
  deps: LaneDeps;
  key: string;
  close(): Promise<void>;
}

export interface ManyOptions {
  databaseUrl: string;
  templates: Templates;
  contacts: number;
  runs: number;
  /** Event types whose events the copies get too; none unless given. */
  pasts?: readonly string[];
  report: (sentence: string) => void;
}

const dayMs = 86_400_000;
/** States of contacts that really lived are copied: so many of them. */
const models = 200;
/** Rows of one statement. */
const chunk = 500_000;

/**
 * Some contacts are made by the product itself; all others are copies of them under other names, written with the tables'
 * indexes taken away and made anew, because it is reading that is measured.
 */
export const makeMany = async (options: ManyOptions): Promise<Many> => {
  const { databaseUrl, templates, contacts, runs, pasts = [], report } = options;
  const store = createStore({ databaseUrl, max: 8 });
  const deps: LaneDeps = { store, programs: createPrograms(), pokes: noPokes };
  await publishDefinitions(deps, workloadDefinitions(), Date.now());
  await liveALittle(deps, templates);
  const { pool } = store;
  const from = performance.now();
  await pool.query(`set synchronous_commit = off`);
  await withoutIndexes(pool, ['contacts', 'contact_cards', 'contact_heat', 'events'], (client) =>
    copyContacts(client, contacts, pasts),
  );
  await withoutIndexes(pool, ['runs'], (client) => copyRuns(client, contacts, runs));
  await pool.query(countRuns);
  await pool.query('vacuum analyze');
  report(
    `${contacts.toLocaleString('en-US')} contacts and ${runs.toLocaleString('en-US')} runs are there (${Math.round((performance.now() - from) / 1000)} s)`,
  );
  const { key } = await createKey(pool, { kind: 'api', name: 'bench', permissions: ['admin'] });
  return { deps, key, close: () => store.close() };
};

const liveALittle = async (deps: LaneDeps, templates: Templates): Promise<void> => {
  const source = messagesOf(templates, { contacts: models, seed: 7, run: 'many' });
  const now = Date.now();
  const messages = [
    ...Array.from({ length: models }, (_, contact) => source.identify(contact, now)),
    ...Array.from({ length: models * 10 }, () => source.event(now)),
  ];
  for (let start = 0; start < messages.length; start += 400)
    await acceptEvents(deps, messages.slice(start, start + 400), { now });
  for (const { lane } of await readLanes(deps.store.pool)) await drainLane(deps, { lane, now });
};

/** Index names and definitions are the schema's own. */
const withoutIndexes = async (
  pool: pg.Pool,
  tables: readonly string[],
  work: (client: pg.PoolClient) => Promise<void>,
): Promise<void> => {
  const client = await pool.connect();
  try {
    await client.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'");
    const { rows } = await client.query<{ name: string; definition: string }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index i where i.indrelid = any($1::regclass[]) and not i.indisprimary`,
      [tables],
    );
    for (const { name } of rows) await client.query(`drop index ${name}`);
    await work(client);
    for (const { definition } of rows) await client.query(definition);
  } finally {
    client.release();
  }
};

const chunks = function* (count: number): Generator<[number, number]> {
  for (let first = 1; first <= count; first += chunk) yield [first, Math.min(count, first + chunk - 1)];
};

/** Independent of which model a contact is a copy of. */
const name = `(array['Ada','Bob','Cleo','Dan','Eve','Finn','Gia','Hugo','Ida','Jon','Kim','Leo','Mia','Nils','Ola','Pia'])[1 + ('x' || left(md5(n::text), 4))::bit(16)::int % 16]`;

/** A field of the copies that so many values are spread over, so that few contacts share one. */
export const branches = 10_000;

/**
 * Contact `n` has the state of one of the models; names, companies and branches are spread, so that searches and segments find
 * few and many.
 */
const copyContacts = async (client: pg.PoolClient, contacts: number, pasts: readonly string[]): Promise<void> => {
  await client.query(`create temporary table model on commit preserve rows as
    select row_number() over (order by c.id) - 1 as n, c.id,
      replace(c.state::text, '"fields":{', '"fields":{"branch":"BRANCH",') as state, c.stage, h.heat
    from contacts c join contact_heat h on h.contact_id = c.id`);
  await client.query(
    `create temporary table past on commit preserve rows as
     select m.n, e.* from model m join events e on e.contact_id = m.id where e.type = any($1)`,
    [pasts],
  );
  for (const [first, last] of chunks(contacts)) {
    await client.query(
      `with made as (
         select md5('contact ' || g.i)::uuid as id, g.i as n, now() - (g.i || ' seconds')::interval as created_at, m.id as of, m.state, m.stage, m.heat
         from generate_series($1::int, $2::int) as g(i) join model m on m.n = g.i % (select count(*) from model)
       ), contact as (
         insert into contacts (id, slot, state, user_id, email, stage, created_at)
         select id, n % 256, replace(replace(state, of::text, id::text), 'BRANCH', (n % ${branches})::text)::json, 'copy-' || n, 'copy-' || n || '@example.com', stage, created_at from made
       ), card as (
         insert into contact_cards (contact_id, created_us, name, email, company, stage, search)
         select id, (extract(epoch from created_at) * 1000000)::bigint, ${name} || ' Number' || n,
           'copy-' || n || '@example.com', 'Company ' || n % 5000, coalesce(stage, ''),
           array_to_tsvector(array[lower(${name}), 'number' || n, 'copy', n::text, 'example', 'com', 'company', 'c' || n % 5000])
         from made
       )
       insert into contact_heat (contact_id, stage, heat) select id, coalesce(stage, ''), heat from made`,
      [first, last],
    );
    await client.query(
      `insert into events (contact_id, accepted, message_id, type, occurred_at, arrived_at, revision, backfilled, properties, fields)
       select md5('contact ' || g.i)::uuid, p.accepted, p.message_id, p.type, p.occurred_at, p.arrived_at, p.revision, p.backfilled,
         p.properties, p.fields
       from generate_series($1::int, $2::int) as g(i) join past p on p.n = g.i % (select count(*) from model)`,
      [first, last],
    );
  }
  await client.query('drop table model, past');
};

/** Runs of ten automations of five versions each over a year: most are over, some wait, few failed. */
const copyRuns = async (client: pg.PoolClient, contacts: number, runs: number): Promise<void> => {
  const now = Date.now();
  for (const [first, last] of chunks(runs)) {
    await client.query(
      `insert into runs (id, contact_id, automation, version, status, node, until, started_at, updated_at, trail, error, backfilled, has_workflow)
       select md5('run ' || n)::uuid, md5('contact ' || 1 + (n::bigint * 7919) % $4)::uuid, 'automation-' || (n % 10), 1 + (n * 5 / ($5 + 1))::int,
         s.status, case s.status when 'completed' then 'end' else 'nap' end, case s.status when 'waiting' then $3::bigint + 86400000 end,
         at, at, '[{"at": 1, "node": "score", "note": "+2", "port": "next"}, {"at": 1, "node": "nap", "note": "for 30 days", "port": null}]',
         case s.status when 'failed' then 'It broke.' end, false, true
       from generate_series($1::int, $2::int) as g(i)
       cross join lateral (select i::bigint as n) x
       cross join lateral (select $3::bigint - ${365 * dayMs}::bigint + (n * ${365 * dayMs}::numeric / $5)::bigint as at) t
       cross join lateral (select case when n % 50 = 0 then 'failed' when n % 50 = 1 then 'cancelled' when n % 10 = 2 then 'waiting' else 'completed' end as status) s`,
      [first, last, now, contacts, runs],
    );
  }
};

const countRuns = `
  truncate run_totals, run_days;
  insert into run_totals
  select automation, version, 0, count(*), count(*) filter (where status = 'completed'), count(*) filter (where status = 'failed'),
    count(*) filter (where status = 'cancelled'), min(started_at), max(started_at)
  from runs group by automation, version;
  insert into run_days select started_at / ${dayMs}, automation, 0, count(*) from runs group by 1, 2;`;
