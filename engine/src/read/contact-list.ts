import type { Condition, contactPageSchema, Question } from '@ripen/shared';
import type { z } from 'zod';
import type { Queryable, Store } from '../store/store.ts';
import { bandCondition } from './band-filter.ts';
import { countCards } from './contact-count.ts';
import {
  cardFilters,
  isPicky,
  placeOfQuery,
  type AskedContacts,
  type ContactsQuery,
  type Place,
} from './contact-filters.ts';
import { contactItem, loadFound, type ContactItem } from './contact-rows.ts';
import { Filters } from './filters.ts';
import { listByScore } from './hottest.ts';
import { countMembers, membersAmong, membersChunk, readStates } from './members.ts';
import { cursorOf, pageOf } from './page.ts';
import type { Patience } from './patience.ts';
import { narrowed, narrowedQuery, notNarrowed, segmentInForce } from './segments.ts';
import type { Workspace } from './workspace.ts';

type Page = z.output<typeof contactPageSchema>;

/** Contacts that fit, in the order asked for, with scores as of `at`. */
export const listContacts = async (
  store: Store,
  workspace: Workspace,
  asked: AskedContacts,
  at: number,
  patience: Patience,
): Promise<Page> => {
  const asking: Condition[] = [
    ...(asked.segment === undefined ? [] : [segmentInForce(workspace, asked.segment).when]),
    ...(asked.band === undefined ? [] : [bandCondition(workspace, asked.band)]),
  ];
  const when = asking.length > 1 ? { kind: 'all' as const, of: asking } : (asking[0] ?? null);
  return listFitting(store, workspace, asked, when, at, patience);
};

/** The same of those who fit a condition too, in a segment or not. */
export const listFitting = async (
  store: Store,
  workspace: Workspace,
  asked: AskedContacts,
  when: Condition | null,
  at: number,
  patience: Patience,
): Promise<Page> => {
  const members = when && narrowed(workspace, when);
  const query = await narrowedQuery(store, asked, members ?? notNarrowed);
  const given = placeOfQuery(query);
  const cards = given ? null : await countCards(store, query);
  const place: Place = given ?? { way: cards?.exact === true && isPicky(query) ? 'few' : 'many', after: null };
  const list = query.sort === 'score' ? listByScore : members ? listNewestMembers : listNewest;
  const page = await list(store, workspace, query, place, at, members?.question ?? null, patience.walkMs);
  if (!members || !cards) return { ...page, total: cards };
  const [total = null] = await countMembers(store.pool, [members.question], query, cards, at, patience.countMs);
  return { ...page, total };
};

/** A walk through an index that ends soon is no work for several processes, whatever the planner expects of words. */
const alone = 'begin; set local max_parallel_workers_per_gather = 0';

/** The next contacts in the order, by their ids. */
const newest = async (
  store: Store,
  query: ContactsQuery,
  { way, after }: Place,
  limit: number,
): Promise<{ id: string; created_us: number }[]> => {
  const inner = cardFilters(query, way);
  const few = way === 'few' ? `with few as materialized (select c.* from contact_cards c ${inner.where})` : '';
  const outer = way === 'few' ? new Filters(inner.values) : inner;
  outer.afterNewest('c.created_us', 'c.contact_id', after && [after.key, after.id]);
  const statement = `${few} select c.contact_id as id, c.created_us from ${few === '' ? 'contact_cards' : 'few'} c ${outer.where}
     order by c.created_us desc, c.contact_id limit ${outer.parameter(limit)}`;
  const run = (db: Queryable) => db.query<{ id: string; created_us: number }>(statement, outer.values);
  const { rows } = way === 'many' && isPicky(query) ? await store.transaction(run, alone) : await run(store.pool);
  return rows;
};

const listNewest = async (
  store: Store,
  workspace: Workspace,
  query: ContactsQuery,
  place: Place,
  at: number,
): Promise<{ items: ContactItem[]; next: string | null }> => {
  const rows = await newest(store, query, place, query.limit + 1);
  const { items: ids, next } = pageOf(
    rows,
    query.limit,
    ({ id }) => id,
    (row) => [`${place.way}:newest`, row.created_us, row.id],
  );
  return { items: (await loadFound(store.pool, ids)).map((contact) => contactItem(workspace, contact, at)), next };
};

/** Contacts looked at for one page of a segment, at most: where few are in it, a page may come short. */
const mostLooks = 20_000;

/** The same of those in a segment: the order is walked, and who is not in it is left out on the way. */
const listNewestMembers = async (
  store: Store,
  workspace: Workspace,
  query: ContactsQuery,
  place: Place,
  at: number,
  question: Question | null,
  walkMs: number,
): Promise<{ items: ContactItem[]; next: string | null }> => {
  const until = performance.now() + walkMs;
  const members: string[] = [];
  let { after } = place;
  let looks = 0;
  let more = true;
  while (more && members.length < query.limit && (looks === 0 || (looks < mostLooks && performance.now() < until))) {
    const rows = await newest(store, query, { way: place.way, after }, membersChunk);
    const states = await readStates(
      store.pool,
      rows.map(({ id }) => id),
    );
    const fit = question ? await membersAmong(store.pool, question, states, at) : states;
    const wanted = query.limit - members.length;
    members.push(...fit.slice(0, wanted).map(({ id }) => id));
    // It goes on after the last one shown, or after the last one looked at.
    const last = fit.length > wanted ? rows.find(({ id }) => id === fit[wanted - 1]?.id) : rows.at(-1);
    more = fit.length > wanted || rows.length === membersChunk;
    after = last ? { key: last.created_us, id: last.id } : after;
    looks += rows.length;
  }
  return {
    items: (await loadFound(store.pool, members)).map((contact) => contactItem(workspace, contact, at)),
    next: more && after ? cursorOf(`${place.way}:newest`, after.key, after.id) : null,
  };
};
