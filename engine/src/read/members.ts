import { FactBook, type Question, type Subject } from '@ripen/shared';
import { plainArray } from '../store/bulk.ts';
import { subjectOf } from '../store/contacts.ts';
import { loadFacts, type FactRequest } from '../store/facts.ts';
import type { Queryable } from '../store/store.ts';
import { cardFilters, type ContactsQuery } from './contact-filters.ts';
import type { Total } from './total.ts';

/** A contact whose state is at hand. */
export interface Known {
  id: string;
  subject: Subject;
}

/** Contacts looked at at once. */
export const membersChunk = 1_000;
/** Beyond what can be counted one by one, so many are looked at: the share of all is right to a percent and a half. */
const sampleSize = 5_000;

/** Those of whom a question holds at a moment, ms; in the order in which they came. */
export const membersAmong = async <Contact extends Known>(
  db: Queryable,
  question: Question,
  contacts: readonly Contact[],
  at: number,
): Promise<Contact[]> => {
  const asked = contacts.map((contact) => ({ contact, book: new FactBook() }));
  if (question.looksBack) {
    const requests = asked.map(({ contact: { id, subject }, book }): FactRequest => ({
      contactId: id,
      generation: subject.generation,
      needs: question.needs(subject, at),
      book,
    }));
    await loadFacts(db, requests);
  }
  return asked.flatMap(({ contact, book }) => (question.holds(contact.subject, book, at) ? [contact] : []));
};

/** States of contacts, in the order of the ids given. */
export const readStates = async (db: Queryable, ids: readonly string[]): Promise<Known[]> => {
  const { rows } = await db.query<{ id: string; state: Subject | Record<string, never> }>(
    `select c.id, c.state from unnest($1::uuid[]) with ordinality as u (id, n) join contacts c on c.id = u.id order by u.n`,
    [plainArray(ids)],
  );
  return rows.map(({ id, state }) => ({ id, subject: subjectOf(id, state) }));
};

/** How many of the contacts that a query finds fit each question. `total`: how many it finds. */
export const countMembers = async (
  db: Queryable,
  questions: readonly Question[],
  query: ContactsQuery,
  total: Total,
  at: number,
): Promise<Total[]> => {
  const counts = new Array<number>(questions.length).fill(0);
  let looked = 0;
  for await (const ids of idsOf(db, query, { most: total.exact ? Infinity : sampleSize })) {
    const contacts = await readStates(db, ids);
    looked += contacts.length;
    for (const [index, question] of questions.entries())
      counts[index] = (counts[index] ?? 0) + (await membersAmong(db, question, contacts, at)).length;
  }
  // Ids are hashes, so the first ones are as good a sample as any, and the same one every time.
  const factor = total.exact || looked === 0 ? 1 : total.count / looked;
  return counts.map((count) => ({ count: Math.round(count * factor), exact: total.exact }));
};

/** Ids of the contacts that a query finds, in their own order, some at a time: `most` of them, those `after` one. */
export async function* idsOf(
  db: Queryable,
  query: ContactsQuery,
  options: { after?: string | null; most?: number } = {},
): AsyncGenerator<string[]> {
  let { after = null, most: left = Infinity } = options;
  while (left > 0) {
    // One that leads to few cards by words is found again for each chunk: few are few chunks.
    const filters = cardFilters(query, query.search.rare === null ? 'many' : 'few').add(
      'c.contact_id > ?',
      after ?? undefined,
    );
    const limit = Math.min(left, membersChunk);
    const { rows } = await db.query<{ contact_id: string }>(
      `select c.contact_id from contact_cards c ${filters.where} order by c.contact_id limit ${filters.parameter(limit)}`,
      filters.values,
    );
    const ids: string[] = rows.map((row) => row.contact_id);
    if (ids.length > 0) yield ids;
    if (ids.length < limit) return;
    after = ids.at(-1) ?? null;
    left -= ids.length;
  }
}
