import type { contactsQuery } from '@ripen/shared';
import type { z } from 'zod';
import { searchQuery } from '../store/words.ts';
import { Filters } from './filters.ts';
import { InvalidRequestError } from './invalid-request.ts';
import { placeOf } from './page.ts';

export type ContactsQuery = z.output<typeof contactsQuery>;

/** What the query says for contacts in no stage; cards and heats keep an empty one. */
const noStage = 'none';
export const stageOf = (stage: string): string => (stage === noStage ? '' : stage);

const search = ({ q, label }: ContactsQuery): string | null => searchQuery(q, label === undefined ? [] : [label]);

/** The conditions on `c`, a contact's card. */
export const cardFilters = (query: ContactsQuery): Filters => {
  const filters = new Filters()
    .add('c.search @@ ?::tsquery', search(query) ?? undefined)
    .add('c.stage = ?', query.stage === undefined ? undefined : stageOf(query.stage));
  return query.lead === 'open'
    ? filters.also(
        "exists (select from leads l where l.contact_id = c.contact_id and l.status in ('open', 'accepted'))",
      )
    : filters;
};

/** Whether there are filters that no order's index knows, so that walking in order may pass by many that do not fit. */
export const isPicky = (query: ContactsQuery): boolean => query.lead !== undefined || search(query) !== null;

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
export const placeOfQuery = ({ after, sort }: ContactsQuery): Place | null => {
  const place = placeOf(after, 'text', 'number', 'uuid');
  if (!place) return null;
  const [way, key, id] = place;
  if (way !== `few:${sort}` && way !== `many:${sort}`)
    throw new InvalidRequestError('invalid_cursor', '"after" must be the `next` of a page in the same order.');
  return { way: way === `few:${sort}` ? 'few' : 'many', after: { key: Number(key), id: String(id) } };
};
