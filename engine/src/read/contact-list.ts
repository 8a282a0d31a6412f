import type { contactPageSchema } from '@ripen/shared';
import type { z } from 'zod';
import type { Queryable, Store } from '../store/store.ts';
import { cardFilters, isPicky, placeOfQuery, type ContactsQuery, type Place } from './contact-filters.ts';
import { contactItem, loadFound, type ContactItem } from './contact-rows.ts';
import { Filters } from './filters.ts';
import { listByScore } from './hottest.ts';
import { pageOf } from './page.ts';
import { readSearch } from './search.ts';
import { countRows, type Total } from './total.ts';
import type { Workspace } from './workspace.ts';

type Page = z.output<typeof contactPageSchema>;

/** Contacts that fit, in the order asked for, with scores as of `at`. */
export const listContacts = async (
  store: Store,
  workspace: Workspace,
  asked: Omit<ContactsQuery, 'search'>,
  at: number,
): Promise<Page> => {
  const query = { ...asked, search: await readSearch(store.pool, asked) };
  const given = placeOfQuery(query);
  const total = given ? null : await countCards(store, query);
  const place: Place = given ?? { way: total?.exact === true && isPicky(query) ? 'few' : 'many', after: null };
  const list = query.sort === 'score' ? listByScore : listNewest;
  return { ...(await list(store, workspace, query, place, at)), total };
};

const countCards = (store: Store, query: ContactsQuery): Promise<Total> => {
  const select = ({ where }: Filters): string => `select 1 from contact_cards c ${where}`;
  const filters = cardFilters(query, 'few');
  const rows = { sql: select(filters), values: filters.values };
  const { search } = query;
  // The planner knows nothing of beginnings of words: what rare ones lead to is counted, and common ones are known.
  if (search.rare !== null) return countRows(store.pool, rows, null);
  const base = cardFilters({ ...query, search: { ...search, common: null } }, 'few');
  return countRows(store.pool, rows, { sql: select(base), values: base.values, share: search.commonShare });
};

/** A walk through an index that ends soon is no work for several processes, whatever the planner expects of words. */
const alone = 'begin; set local max_parallel_workers_per_gather = 0';

const listNewest = async (
  store: Store,
  workspace: Workspace,
  query: ContactsQuery,
  { way, after }: Place,
  at: number,
): Promise<{ items: ContactItem[]; next: string | null }> => {
  const inner = cardFilters(query, way);
  const few = way === 'few' ? `with few as materialized (select c.* from contact_cards c ${inner.where})` : '';
  const outer = way === 'few' ? new Filters(inner.values) : inner;
  outer.afterNewest('c.created_us', 'c.contact_id', after && [after.key, after.id]);
  const statement = `${few} select c.contact_id as id, c.created_us from ${few === '' ? 'contact_cards' : 'few'} c ${outer.where}
     order by c.created_us desc, c.contact_id limit ${outer.parameter(query.limit + 1)}`;
  const run = (db: Queryable) => db.query<{ id: string; created_us: number }>(statement, outer.values);
  const { rows } = way === 'many' && isPicky(query) ? await store.transaction(run, alone) : await run(store.pool);
  const { items: ids, next } = pageOf(
    rows,
    query.limit,
    ({ id }) => id,
    (row) => [`${way}:newest`, row.created_us, row.id],
  );
  return { items: (await loadFound(store.pool, ids)).map((contact) => contactItem(workspace, contact, at)), next };
};
