import type { contactPageSchema } from '@ripen/shared';
import type { z } from 'zod';
import type { Store } from '../store/store.ts';
import { cardFilters, isPicky, placeOfQuery, type ContactsQuery, type Place } from './contact-filters.ts';
import { contactItem, loadFound, type ContactItem } from './contact-rows.ts';
import { Filters } from './filters.ts';
import { listByScore } from './hottest.ts';
import { pageOf } from './page.ts';
import { countRows, type Total } from './total.ts';
import type { Workspace } from './workspace.ts';

type Page = z.output<typeof contactPageSchema>;

/** Contacts that fit, in the order asked for, with scores as of `at`. */
export const listContacts = async (
  store: Store,
  workspace: Workspace,
  query: ContactsQuery,
  at: number,
): Promise<Page> => {
  const given = placeOfQuery(query);
  const total = given ? null : await countCards(store, query);
  const place: Place = given ?? { way: total?.exact === true && isPicky(query) ? 'few' : 'many', after: null };
  const list = query.sort === 'score' ? listByScore : listNewest;
  return { ...(await list(store, workspace, query, place, at)), total };
};

const countCards = (store: Store, query: ContactsQuery): Promise<Total> => {
  const filters = cardFilters(query);
  return countRows(store.pool, `select 1 from contact_cards c ${filters.where}`, filters.values);
};

const listNewest = async (
  { pool }: Store,
  workspace: Workspace,
  query: ContactsQuery,
  { way, after }: Place,
  at: number,
): Promise<{ items: ContactItem[]; next: string | null }> => {
  const inner = cardFilters(query);
  const few = way === 'few' ? `with few as materialized (select c.* from contact_cards c ${inner.where})` : '';
  const outer = way === 'few' ? new Filters(inner.values) : inner;
  outer.afterNewest('c.created_us', 'c.contact_id', after && [after.key, after.id]);
  const { rows } = await pool.query<{ id: string; created_us: number }>(
    `${few} select c.contact_id as id, c.created_us from ${few === '' ? 'contact_cards' : 'few'} c ${outer.where}
     order by c.created_us desc, c.contact_id limit ${outer.parameter(query.limit + 1)}`,
    outer.values,
  );
  const { items: ids, next } = pageOf(
    rows,
    query.limit,
    ({ id }) => id,
    (row) => [`${way}:newest`, row.created_us, row.id],
  );
  return { items: (await loadFound(pool, ids)).map((contact) => contactItem(workspace, contact, at)), next };
};
