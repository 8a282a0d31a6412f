import type { jobSchema, pageQuery } from '@ripen/shared';
import type { z } from 'zod';
import { roundsOf, type RoundInput, type RoundKind, type RoundResult } from '../rounds/begin.ts';
import type { Queryable } from '../store/store.ts';
import { Filters } from './filters.ts';
import { isoDate } from './moments.ts';
import { pageOf, placeOf } from './page.ts';

type Page = z.output<z.ZodObject<typeof pageQuery>>;

export interface RoundRow<Input extends RoundInput> {
  id: string;
  status: z.output<typeof jobSchema>['status'];
  done: number;
  total: number | null;
  error: string | null;
  created_at: Date;
  updated_at: Date;
  place: number;
  input: Input;
  result: RoundResult | null;
}

const columns = `id, status, done, total, error, created_at, updated_at, input, result,
  (extract(epoch from created_at) * 1000000)::bigint as place`;

const nothing: RoundResult = { members: 0, changed: 0, held: 0 };

/** What every round is shown with. */
export const shownRound = <Input extends RoundInput>(row: RoundRow<Input>) => {
  const { id, status, done, total, error, created_at, updated_at, input, result } = row;
  return {
    ...{ id, status, done, total, error, createdAt: isoDate(created_at), updatedAt: isoDate(updated_at) },
    ...{ version: input.version, by: input.by },
    result: result ?? nothing,
  };
};

/** The rounds of one thing, newest first. */
export const listRounds = async <Input extends RoundInput, Item>(
  db: Queryable,
  { kind, of }: { kind: RoundKind; of: string },
  query: Page,
  shown: (row: RoundRow<Input>) => Item,
): Promise<{ items: Item[]; next: string | null }> => {
  const filters = new Filters()
    .also(`kind = '${kind}'`)
    .add(`input->>'${roundsOf[kind]}' = ?`, of)
    .afterNewest('(extract(epoch from created_at) * 1000000)::bigint', 'id', placeOf(query.after, 'number', 'uuid'));
  const { rows } = await db.query<RoundRow<Input>>(
    `select ${columns} from jobs ${filters.where} order by created_at desc, id limit ${filters.parameter(query.limit + 1)}`,
    filters.values,
  );
  return pageOf(rows, query.limit, shown, (row) => [row.place, row.id]);
};

/** The last round of each thing of a kind, by its id. */
export const lastRounds = async <Input extends RoundInput>(
  db: Queryable,
  kind: RoundKind,
): Promise<Map<string, RoundRow<Input>>> => {
  const key = roundsOf[kind];
  const { rows } = await db.query<RoundRow<Input> & { of: string }>(
    `select distinct on (input->>'${key}') input->>'${key}' as of, ${columns} from jobs where kind = '${kind}'
     order by input->>'${key}', created_at desc, id`,
  );
  return new Map(rows.map((row) => [row.of, row]));
};
