import type { Total } from '@ripen/shared';
import type { Queryable } from '../store/store.ts';
import { isPicky, type ContactsQuery } from './contact-filters.ts';
import { Filters } from './filters.ts';

/**
 * Postgres looks into so many states a millisecond for what is written of a field, on two cores that others use too; contacts
 * are looked at at a tenth of that.
 */
const scannedPerMs = 500;
/** More than so many likely ones are no rare ones: looking at all costs about as much. */
const mostLikely = 250_000;
const looksPerMs = 50;

/**
 * The contacts whose states are written so that they may be meant, found by one look of Postgres at all states; those who are
 * not among them are not meant. Null where that would not be faster than to look at everybody, or takes longer than there is time.
 */
export const readLikely = async (
  db: Queryable,
  query: ContactsQuery,
  total: Total,
  forMs: number,
): Promise<string[] | null> => {
  const { written } = query;
  // What narrows cards finds them by an index.
  if (written.length === 0 || query.stage !== undefined || isPicky(query)) return null;
  if (total.count > scannedPerMs * forMs) return null;
  const most = Math.min(mostLikely, looksPerMs * forMs);
  const filters = new Filters();
  for (const { key, letters, bounds } of written) {
    const next = `left(split_part(c.state::text, ${filters.parameter(key)}, 2), ${filters.parameter(letters)}::int)`;
    // An odd number of bounds at or below it: within a range.
    filters.also(`width_bucket(lower(${next} collate "C"), ${filters.parameter(bounds)}::text[]) % 2 = 1`);
  }
  const { rows } = await db.query<{ id: string }>(
    `select c.id from contacts c ${filters.where} limit ${filters.parameter(most + 1)}`,
    filters.values,
  );
  return rows.length > most ? null : rows.map(({ id }) => id);
};
