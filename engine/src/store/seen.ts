import { bulk } from './bulk.ts';
import type { Queryable } from './store.ts';

export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'unknown';

/** Something that events brought: a type, a property of one, a field, a label; or a rule that they matched. */
export interface Seen {
  kind: 'event_type' | 'property' | 'field' | 'label' | 'rule';
  /** The event type of a property, the model of a rule, else empty. */
  parent: string;
  name: string;
  valueKind: ValueKind;
  /** By the event's own date, ms. */
  at: number;
}

/** How exact `last_at` is: rows that many batches share must be written seldom. */
export const seenGrainMs = 3_600_000;

const seen = bulk<Seen>(
  'seen',
  {
    kind: { type: 'text', of: (row) => row.kind },
    parent: { type: 'text', of: (row) => row.parent },
    name: { type: 'text', of: (row) => row.name },
    value_kind: { type: 'text', of: (row) => row.valueKind },
    last_at: { type: 'bigint', of: (row) => row.at },
  },
  `insert into seen (kind, parent, name, value_kind, last_at)
   select r.kind, r.parent, r.name, r.value_kind, r.last_at
   from :rows left join seen s on s.kind = r.kind and s.parent = r.parent and s.name = r.name
   where s.name is null or s.last_at + ${seenGrainMs} <= r.last_at
   order by r.kind, r.parent, r.name
   on conflict (kind, parent, name) do update set value_kind = excluded.value_kind,
     last_at = greatest(seen.last_at, excluded.last_at)`,
);

/** Notes what came; what is known and recent is left alone, without a lock. */
export const noteSeen = async (tx: Queryable, rows: readonly Seen[]): Promise<void> => {
  if (rows.length > 0) await seen.run(tx, rows);
};

/** Most names of a kind that anybody is shown. */
const mostShown = 2_000;

/** When each rule of a model last matched, ms. */
export const readMatches = async (db: Queryable, model: string): Promise<Map<string, number>> => {
  const { rows } = await db.query<{ name: string; at: number }>(
    "select name, last_at as at from seen where kind = 'rule' and parent = $1",
    [model],
  );
  return new Map(rows.map(({ name, at }) => [name, at]));
};

/** What came, the latest first within each kind. */
export const readSeen = async (db: Queryable): Promise<Seen[]> => {
  const { rows } = await db.query<Seen>(
    `select kind, parent, name, value_kind as "valueKind", last_at as at from (
       select *, row_number() over (partition by kind order by last_at desc, parent, name) as place from seen where kind <> 'rule'
     ) s where place <= $1 order by kind, last_at desc, parent, name`,
    [mostShown],
  );
  return rows;
};
