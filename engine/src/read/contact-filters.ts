import type { contactsQuery } from '@ripen/shared';
import type { z } from 'zod';
import { Filters } from './filters.ts';
import { InvalidRequestError } from './invalid-request.ts';
import { placeOf } from './page.ts';
import type { Search } from './search.ts';
import type { Written } from './written-values.ts';

/** What is asked for, with what that means for an index. */
export type AskedContacts = z.output<typeof contactsQuery>;
/** `written`: what states must say of fields. */
export type ContactsQuery = AskedContacts & { search: Search; written: readonly Written[] };

/** What the query says for contacts in no stage; cards and heats keep an empty one. */
const noStage = 'none';
export const stageOf = (stage: string): string => (stage === noStage ? '' : stage);

/** Looks for words without the index of words. */
const unindexed = "(c.search || ''::tsvector) @@ ?::tsquery";

/**
 * The conditions on `c`, a contact's card. `few`: the cards are found by the index of words. `many`: they are met in another
 * order, and words are looked for in each.
 */
export const cardFilters = (query: ContactsQuery, way: Place['way']): Filters => {
  const { rare, common, all } = query.search;
  const filters = new Filters();
  if (way === 'few') filters.add('c.search @@ ?::tsquery', rare ?? undefined).add(unindexed, common ?? undefined);
  else filters.add(unindexed, all ?? undefined);
  filters.add('c.stage = ?', query.stage === undefined ? undefined : stageOf(query.stage));
  return query.lead === 'open'
    ? filters.also(
        "exists (select from leads l where l.contact_id = c.contact_id and l.status in ('open', 'accepted'))",
      )
    : filters;
};

/** Whether there are filters that no order's index knows, so that walking in order may pass by many that do not fit. */
export const isPicky = ({ lead, search }: ContactsQuery): boolean => lead !== undefined || search.all !== null;

/** Where a page goes on: contacts with one key come in the order of their ids. */
export interface Place {
  /**
   * `few`: what fits is gathered and put in order, which takes that it is not more than can be counted. `many`: the order's
   * index is walked, and what does not fit is left out on the way.
   */
  way: 'few' | 'many';
  after: { key: number; id: string } | null;
}

/** The place that a cursor names; null for the first page. Throws InvalidRequestError. */
export const placeOfQuery = ({ after, sort }: Pick<ContactsQuery, 'after' | 'sort'>): Place | null => {
  const place = placeOf(after, 'text', 'number', 'uuid');
  if (!place) return null;
  const [way, key, id] = place;
  if (way !== `few:${sort}` && way !== `many:${sort}`)
    throw new InvalidRequestError('invalid_cursor', '"after" must be the `next` of a page in the same order.');
  return { way: way === `few:${sort}` ? 'few' : 'many', after: { key: Number(key), id: String(id) } };
};
