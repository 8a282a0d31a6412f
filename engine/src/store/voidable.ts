import type { VoidFilter } from '@ripen/shared';
import { plainArray, textArray } from './bulk.ts';
import type { Queryable } from './store.ts';

/** What of a contact fits a filter and is still worth something, or could be. */
export interface Voidable {
  contactId: string;
  entries: number;
  /** Micropoints, as they were earned. */
  points: number;
  messages: string[];
}

/** Entries of present generations and epochs that did not expire and were not undone. */
const fitting = `
  from ledger l join contacts c on c.id = l.contact_id and c.merged_into is null
    and l.generation = (c.state->>'generation')::int and l.epoch = (c.state->'models'->l.model->>'epoch')::int
  where l.kind in ('points', 'adjustment')
    and ($1::uuid[] is null or l.contact_id = any($1::uuid[]))
    and ($2::text[] is null or l.model = any($2::text[]))
    and ($3::text[] is null or l.cause = any($3::text[]))
    and ($4::text[] is null or l.message_id = any($4::text[]))
    and ($5::bigint is null or l.earned_at >= $5) and ($6::bigint is null or l.earned_at < $6)
    and ($7::text[] is null or exists (
      select 1 from events e where e.contact_id = l.contact_id and e.type = any($7::text[]) and e.message_id = l.message_id))
    and not exists (
      select 1 from ledger o where o.contact_id = l.contact_id and o.generation = l.generation and o.of = l.id
        and o.kind in ('expiry', 'void'))`;

const moment = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));
const texts = (list: readonly string[] | undefined): string | null => (list === undefined ? null : textArray(list));

const values = (filter: VoidFilter): unknown[] => [
  filter.contacts === undefined ? null : plainArray(filter.contacts),
  texts(filter.models),
  texts(filter.causes),
  texts(filter.messages),
  moment(filter.from),
  moment(filter.to),
  texts(filter.eventTypes),
];

export const countVoidable = async (
  db: Queryable,
  filter: VoidFilter,
): Promise<{ contacts: number; entries: number; points: number }> => {
  const { rows } = await db.query<{ contacts: number; entries: number; points: number }>(
    `select count(distinct l.contact_id)::int as contacts, count(*)::int as entries, coalesce(sum(l.points), 0)::bigint as points ${fitting}`,
    values(filter),
  );
  return rows[0] ?? { contacts: 0, entries: 0, points: 0 };
};

/** The next contacts after one, in the order of their ids. */
export const nextVoidable = async (
  db: Queryable,
  filter: VoidFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<Voidable[]> => {
  const { rows } = await db.query<Voidable>(
    `select l.contact_id as "contactId", count(*)::int as entries, sum(l.points)::bigint as points,
       array_agg(distinct l.message_id) filter (where l.message_id is not null) as messages
     ${fitting} and ($8::uuid is null or l.contact_id > $8) group by l.contact_id order by l.contact_id limit $9`,
    [...values(filter), after, limit],
  );
  return rows.map((row) => ({ ...row, messages: (row.messages as string[] | null) ?? [] })); // Null where none has one.
};
