import type { Total } from '@ripen/shared';
import type { Store } from '../store/store.ts';
import { cardFilters, type ContactsQuery } from './contact-filters.ts';
import type { Filters } from './filters.ts';
import { countRows } from './total.ts';

/** How many contacts a query finds by what their cards say. */
export const countCards = (store: Store, query: ContactsQuery): Promise<Total> => {
  const select = ({ where }: Filters): string => `select 1 from contact_cards c ${where}`;
  const filters = cardFilters(query, 'few');
  const rows = { sql: select(filters), values: filters.values };
  const { search } = query;
  // The planner knows nothing of beginnings of words: what rare ones lead to is counted, and common ones are known.
  if (search.rare !== null) return countRows(store.pool, rows, null);
  const base = cardFilters({ ...query, search: { ...search, common: null } }, 'few');
  return countRows(store.pool, rows, { sql: select(base), values: base.values, share: search.commonShare });
};
