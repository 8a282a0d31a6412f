// What makes up a schema, asked of Postgres's own catalogue. Every query is ordered by name, in the C collation, so that
// two databases with the same schema give the same text whatever the order in which they were made.

/** Objects that the migration library keeps for itself are left out. */
const skipped = `('schema_migrations')`;

export const extensionsSql = `
  select extname as name from pg_extension where extname <> 'plpgsql' order by extname collate "C"`;

export const enumsSql = `
  select t.typname as name, array_agg(e.enumlabel::text order by e.enumsortorder) as labels
  from pg_type t join pg_enum e on e.enumtypid = t.oid
  where t.typnamespace = 'public'::regnamespace
  group by t.typname order by t.typname collate "C"`;

export const functionsSql = `
  select pg_get_functiondef(p.oid) as definition
  from pg_proc p
  where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  order by p.proname collate "C", pg_get_function_identity_arguments(p.oid) collate "C"`;

/** Sequences that no identity column owns; those come with their column. */
export const sequencesSql = `
  select s.sequencename as name, s.data_type::text as type, s.start_value::text as start, s.increment_by::text as step,
    s.cycle as cycle
  from pg_sequences s
  where s.schemaname = 'public' and not exists (
    select from pg_depend d
    where d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass and d.deptype = 'i'
  )
  and s.sequencename not in (
    select pg_get_serial_sequence('schema_migrations', 'id')::regclass::name
    where to_regclass('public.schema_migrations') is not null
  )
  order by s.sequencename collate "C"`;

export const tablesSql = `
  select c.oid::text as oid, c.relname as name, c.relkind = 'p' as partitioned, c.relpersistence = 'u' as unlogged,
    pg_get_partkeydef(c.oid) as "partitionKey", pg_get_expr(c.relpartbound, c.oid) as "partitionBound",
    parent.relname as "partitionOf", array_to_string(c.reloptions, ', ') as options,
    obj_description(c.oid, 'pg_class') as comment
  from pg_class c
  left join pg_inherits i on i.inhrelid = c.oid
  left join pg_class parent on parent.oid = i.inhparent
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not in ${skipped}
  order by c.relname collate "C"`;

/** Columns in the order they stand in the table: part of the schema, because a bare insert depends on it. */
export const columnsSql = `
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as "notNull",
    a.attidentity as identity, a.attgenerated as generated, pg_get_expr(d.adbin, d.adrelid) as "default",
    case when a.attcollation <> t.typcollation then co.collname end as collation,
    nullif(a.attcompression::text, '') as compression,
    case when a.attstorage <> t.typstorage then a.attstorage::text end as storage,
    col_description(a.attrelid, a.attnum) as comment
  from pg_attribute a
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join pg_collation co on co.oid = a.attcollation
  where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped
  order by a.attnum`;

/** Without not-null constraints, which stand with their columns, and without those a partition inherits. */
export const constraintsSql = `
  select conname as name, pg_get_constraintdef(oid) as definition
  from pg_constraint
  where conrelid = $1::oid and contype <> 'n' and contype <> 't' and conparentid = 0 and coninhcount = 0
  order by position(contype in 'pufcx'), conname collate "C"`;

/** Without indexes that a constraint made, and without those a partition inherits. */
export const indexesSql = `
  select pg_get_indexdef(i.indexrelid) as definition
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = $1::oid
    and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = i.indrelid)
    and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)
  order by c.relname collate "C"`;

export const triggersSql = `
  select pg_get_triggerdef(oid) as definition
  from pg_trigger where tgrelid = $1::oid and not tgisinternal and tgparentid = 0
  order by tgname collate "C"`;

export const viewsSql = `
  select c.relname as name, c.relkind = 'm' as materialized, pg_get_viewdef(c.oid) as definition
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
  order by c.relname collate "C"`;
