import { toPoints, type accountPageSchema, type accountsQuery, type accountSummarySchema } from '@ripen/shared';
import type { z } from 'zod';
import { plainArray } from '../store/bulk.ts';
import { NotFoundError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';
import { searchQuery, wantedOf } from '../store/words.ts';
import { Filters } from './filters.ts';
import { InvalidRequestError } from './invalid-request.ts';
import { iso } from './moments.ts';
import { pageOf, placeOf } from './page.ts';
import { countRows } from './total.ts';
import type { Workspace } from './workspace.ts';

type Asked = z.output<typeof accountsQuery>;
type Page = z.output<typeof accountPageSchema>;
type Item = z.output<typeof accountSummarySchema>;

/** What each order is an index of: key, direction, and how the key stands in a cursor. */
const orders = {
  newest: { key: 'a.created_us', desc: true, kind: 'number' },
  contacts: { key: 'a.contacts', desc: true, kind: 'number' },
  score: { key: 's.score', desc: true, kind: 'number' },
  name: { key: 'lower(a.name)', desc: false, kind: 'text' },
} as const;

/** Accounts that fit, in the order asked for, as they were last computed. */
export const listAccounts = async (db: Queryable, workspace: Workspace, asked: Asked): Promise<Page> => {
  const { sort, limit } = asked;
  const { key, desc, kind } = orders[sort];
  const model = modelOf(workspace, asked);
  const filters = new Filters();
  filters.add('a.search @@ ?::tsquery', searchQuery(wantedOf(asked.q, [])) ?? undefined);
  const scored = model !== null && (sort === 'score' || asked.band !== undefined);
  if (scored) filters.add('s.model = ?', model).add('s.band = ?', asked.band).also('s.shown');
  const from = scored ? 'account_scores s join accounts a on a.id = s.account_id' : 'accounts a';
  const id = scored ? 's.account_id' : 'a.id';
  const place = readPlace(asked, kind);
  const total = place
    ? null
    : await countRows(db, { sql: `select 1 from ${from} ${filters.where}`, values: [...filters.values] });
  if (place) {
    const [, at, after] = place;
    const parameter = filters.parameter(at);
    const behind = desc ? '<' : '>';
    filters.also(
      `${key} ${behind}= ${parameter} and (${key} ${behind} ${parameter} or ${id} > ${filters.parameter(after)})`,
    );
  }
  const statement = `select a.id, ${key} as key from ${from} ${filters.where}
     order by ${key}${desc ? ' desc' : ''}, ${id} limit ${filters.parameter(limit + 1)}`;
  const { rows } = await db.query<{ id: string; key: number | string }>(statement, filters.values);
  const { items, next } = pageOf(
    rows,
    limit,
    (row) => row.id,
    (row) => [sort, row.key, row.id],
  );
  return { items: await readItems(db, workspace, items), next, total };
};

/** The account model that the order or a band is about; null where neither is asked for. */
const modelOf = ({ accountModels }: Workspace, { model, sort, band }: Asked): string | null => {
  if (sort !== 'score' && band === undefined && model === undefined) return null;
  const found = model === undefined ? accountModels[0] : accountModels.find(({ id }) => id === model);
  if (found) return found.id;
  if (model !== undefined) throw new NotFoundError('account model in force', model);
  throw new InvalidRequestError(
    'no_account_model',
    'There is no account model to order or filter by: publish one first.',
  );
};

const readPlace = ({ after, sort }: Asked, kind: 'number' | 'text'): (string | number)[] | null => {
  const place = placeOf(after, 'text', kind, 'uuid');
  if (place && place[0] !== sort)
    throw new InvalidRequestError('invalid_cursor', '"after" belongs to a list in another order.');
  return place;
};

interface Row {
  id: string;
  name: string;
  contacts: number;
  as_of: number;
  created_us: number;
  scores: Record<string, { score: number; shown: boolean; band: string | null }>;
}

const readItems = async (db: Queryable, { accountModels }: Workspace, ids: readonly string[]): Promise<Item[]> => {
  const { rows } = await db.query<Row>(
    `select a.id, a.name, a.contacts, a.as_of, a.created_us, (
       select coalesce(jsonb_object_agg(s.model, jsonb_build_object('score', s.score, 'shown', s.shown, 'band', s.band)), '{}')
       from account_scores s where s.account_id = a.id) as scores
     from unnest($1::uuid[]) with ordinality as u (id, n) join accounts a on a.id = u.id order by u.n`,
    [plainArray(ids)],
  );
  return rows.map(({ id, name, contacts, as_of, created_us, scores }) => ({
    id,
    name,
    contacts,
    asOf: iso(as_of),
    createdAt: iso(Math.floor(created_us / 1_000)),
    scores: accountModels.flatMap((model) => {
      const known = scores[model.id];
      if (!known) return [];
      const band = model.bands.find((each) => each.id === known.band);
      const { score, shown } = known;
      return [
        {
          model: model.id,
          name: model.name,
          score: toPoints(score),
          shown,
          band: band ? { id: band.id, name: band.name } : null,
        },
      ];
    }),
  }));
};
