import { FactBook, type Question, type Subject, type Total } from '@ripen/shared';
import { plainArray } from '../store/bulk.ts';
import { subjectOf } from '../store/contacts.ts';
import { loadFacts, type FactRequest } from '../store/facts.ts';
import type { Queryable } from '../store/store.ts';
import { cardFilters, type ContactsQuery } from './contact-filters.ts';
import { readLikely } from './likely.ts';
import { countFromSample } from './share.ts';

/** A contact whose state is at hand. */
export interface Known {
  id: string;
  subject: Subject;
}

/** Contacts looked at at once. */
export const membersChunk = 1_000;
/** However busy the machine is, so many are: the share of all is right to two percent of them then. */
const leastLooks = 3_000;
/** Of very many, no more are looked at once so many fit: their number is right to four percent of itself. */
const enough = { of: 100_000, fitting: 2_500 };

/** Those of whom a question holds at a moment, ms; in the order in which they came. */
export const membersAmong = async <Contact extends Known>(
  db: Queryable,
  question: Question,
  contacts: readonly Contact[],
  at: number,
): Promise<Contact[]> => {
  const asked = contacts
    .filter(({ subject }) => question.may(subject, at))
    .map((contact) => ({ contact, book: new FactBook() }));
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

/** States of contacts, chunk by chunk; the next ones are read while some are looked at. */
async function* statesOf(db: Queryable, chunks: AsyncGenerator<string[]>): AsyncGenerator<Known[]> {
  const read = async (): Promise<Known[] | null> => {
    const next = await chunks.next();
    return next.done === true ? null : readStates(db, next.value);
  };
  for (let next = read(); ;) {
    const states = await next;
    if (states === null) return;
    next = read();
    // Whoever stops early never waits for it.
    next.catch(() => undefined);
    yield states;
  }
}

/**
 * How many of the contacts that a query finds fit each question. `total`: how many it finds. Where what must be written of those who
 * fit leads to few, they alone are looked at. Where not all of very many can be looked at in `forMs`, those whose ids come first
 * are: ids are hashes, so they are as good a sample as any.
 */
export const countMembers = async (
  db: Queryable,
  questions: readonly Question[],
  query: ContactsQuery,
  total: Total,
  at: number,
  forMs: number,
): Promise<Total[]> => {
  const counts = new Array<number>(questions.length).fill(0);
  const until = performance.now() + forMs;
  const likely = await readLikely(db, query, total, forMs);
  let looked = 0;
  let all = true;
  for await (const contacts of statesOf(db, likely ? listedAmong(db, likely) : idsOf(db, query))) {
    looked += contacts.length;
    for (const [index, question] of questions.entries())
      counts[index] = (counts[index] ?? 0) + (await membersAmong(db, question, contacts, at)).length;
    const known = total.count > enough.of && forMs < Infinity && counts.every((count) => count >= enough.fitting);
    all = likely !== null || total.exact || looked < leastLooks || (performance.now() < until && !known);
    if (!all) break;
  }
  return counts.map((count) =>
    all ? { count, exact: true } : { ...countFromSample(count, looked, Math.max(looked, total.count)), exact: false },
  );
};

/** Those that lists show, some at a time: who was merged into another has no card. */
async function* listedAmong(db: Queryable, ids: readonly string[]): AsyncGenerator<string[]> {
  for (let start = 0; start < ids.length; start += membersChunk) {
    const { rows } = await db.query<{ contact_id: string }>(
      'select contact_id from contact_cards where contact_id = any($1::uuid[])',
      [plainArray(ids.slice(start, start + membersChunk))],
    );
    yield rows.map((row) => row.contact_id);
  }
}

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
