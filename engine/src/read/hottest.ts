import type { Question } from '@ripen/shared';
import { heatOf } from '../lanes/cards.ts';
import { plainArray } from '../store/bulk.ts';
import type { Queryable, Store } from '../store/store.ts';
import { cardFilters, isPicky, stageOf, type ContactsQuery, type Place } from './contact-filters.ts';
import { contactItem, loadFound, type ContactFound, type ContactItem } from './contact-rows.ts';
import { Filters } from './filters.ts';
import { membersAmong, type Known } from './members.ts';
import { cursorOf } from './page.ts';
import type { Workspace } from './workspace.ts';

/** Contacts looked at at once where only some of them are meant. */
const membersAtOnce = 500;
/** Contacts looked at for one page, at most: where filters fit few of the hot ones, a page may come short. */
const mostLooks = 20_000;
/** Contacts put right for one page, at most: what is left is shown where it is written down. */
const mostPutRight = 2_000;
/** Contacts looked at at once where filters leave some out: as many as are likely to hold a page. */
const chunkOf = ({ search }: ContactsQuery, wanted: number): number =>
  search.rare === null
    ? Math.min(mostAtOnce, Math.max(200, Math.ceil((wanted * 1.5) / search.commonShare)))
    : mostAtOnce;
const mostAtOnce = 1_000;

interface Candidate {
  id: string;
  /** Whole points when the score last changed. */
  heat: number;
}

interface Looked extends Candidate, Known {
  contact: ContactFound;
  /** Whole points as of now. */
  now: number;
}

/** With its key in the order from now on. */
type Placed = Looked & { key: number };

/** Candidates in order, and the place after the last of them; null when there are no more. */
interface Stretch {
  rows: Candidate[];
  place: Place['after'];
  looks: number;
}

/**
 * Contacts by score, highest first. What is written down is what each score was when it last changed; those that fade are
 * lower by now. So the order is put right as it is read: a contact that has sunk is written down where it belongs, and met
 * there.
 */
export const listByScore = async (
  store: Store,
  workspace: Workspace,
  query: ContactsQuery,
  { way, after }: Place,
  at: number,
  /** Who is meant; null for everybody that the query finds. */
  question: Question | null,
  walkMs: number,
): Promise<{ items: ContactItem[]; next: string | null }> => {
  const until = performance.now() + walkMs;
  const shown: Placed[] = [];
  let place = after;
  let looks = 0;
  let right = 0;
  do {
    const wanted = question ? membersAtOnce : query.limit + 1 - shown.length;
    const stretch: Stretch =
      way === 'few' ? await few(store.pool, query, place, wanted) : await many(store.pool, query, place, wanted);
    const looked = await look(store.pool, workspace, stretch.rows, at);
    const moved = right < mostPutRight ? await putRight(store, looked) : new Set<string>();
    ({ place } = stretch);
    const fit = question ? await membersAmong(store.pool, question, looked, at) : looked;
    shown.push(...arrange(fit, moved, place));
    right += moved.size;
    looks += stretch.looks;
  } while (place !== null && shown.length <= query.limit && looks < mostLooks && performance.now() < until);
  const page = shown.slice(0, query.limit);
  const last = page.at(-1);
  const next = shown.length > query.limit && last ? { key: last.key, id: last.id } : place;
  return {
    items: inOrder(page).map(({ contact }) => contactItem(workspace, contact, at)),
    next: next && cursorOf(`${way}:score`, next.key, next.id),
  };
};

/**
 * A stretch as it is after some of it were put right. Those that sank to a place inside it are met there; those that sank
 * below its end are left to the stretches after it, and one that rose is shown where it was.
 */
const arrange = (looked: readonly Looked[], moved: ReadonlySet<string>, end: Place['after']): Placed[] =>
  looked
    .map((row) => ({ ...row, key: moved.has(row.id) ? Math.min(row.heat, row.now) : row.heat }))
    .filter(({ key, id }) => end === null || key > end.key || (key === end.key && id <= end.id))
    .sort((a, b) => b.key - a.key || (a.id < b.id ? -1 : 1));

/** The order knows whole points as they are written down; on one page what they are now counts. */
const inOrder = (page: readonly Placed[]): Placed[] => [...page].sort((a, b) => b.now - a.now || b.key - a.key);

const placeAfter = (rows: readonly Candidate[], wanted: number): Place['after'] => {
  const last = rows.at(-1);
  return last && rows.length >= wanted ? { key: last.heat, id: last.id } : null;
};

/** All that fits is gathered and put in order. */
const few = async (db: Queryable, query: ContactsQuery, after: Place['after'], wanted: number): Promise<Stretch> => {
  const filters = cardFilters(query, 'few');
  const outer = new Filters(filters.values).afterNewest('f.heat', 'f.id', after && [after.key, after.id]);
  const { rows } = await db.query<Candidate & Record<string, unknown>>(
    `with few as materialized (
       select c.contact_id as id, h.heat from contact_cards c join contact_heat h using (contact_id) ${filters.where}
     )
     select f.id, f.heat from few f ${outer.where} order by f.heat desc, f.id limit ${outer.parameter(wanted)}`,
    outer.values,
  );
  return { rows, place: placeAfter(rows, wanted), looks: rows.length };
};

/** The order is walked, and what does not fit is left out. */
const many = async (db: Queryable, query: ContactsQuery, after: Place['after'], wanted: number): Promise<Stretch> => {
  const picky = isPicky(query);
  const size = picky ? chunkOf(query, wanted) : wanted;
  const walked = await walk(db, query.stage, after, size);
  const fits = picky ? await fitting(db, query, walked) : walked;
  const rows = fits.slice(0, wanted);
  const place = fits.length > wanted ? placeAfter(rows, wanted) : placeAfter(walked, size);
  return { rows, place, looks: walked.length };
};

/** The hottest of all stages: one range of the index per stage, merged. */
const walk = async (
  db: Queryable,
  stage: string | undefined,
  after: Place['after'],
  size: number,
): Promise<Candidate[]> => {
  const range = new Filters().afterNewest('h.heat', 'h.contact_id', after && [after.key, after.id]);
  const limit = range.parameter(size);
  const stages =
    stage === undefined
      ? `stages (stage) as (
           (select stage from contact_heat order by stage limit 1) union all
           select (select h.stage from contact_heat h where h.stage > s.stage order by h.stage limit 1)
           from stages s where s.stage is not null
         )`
      : `stages (stage) as (select ${range.parameter(stageOf(stage))}::text)`;
  const { rows } = await db.query<Candidate & Record<string, unknown>>(
    `with recursive ${stages}
     select hot.contact_id as id, hot.heat from stages s
     cross join lateral (
       select h.contact_id, h.heat from contact_heat h
       where h.stage = s.stage ${range.where.replace(/^where/, 'and')} order by h.heat desc, h.contact_id limit ${limit}
     ) hot order by hot.heat desc, hot.contact_id limit ${limit}`,
    range.values,
  );
  return rows;
};

const fitting = async (db: Queryable, query: ContactsQuery, walked: readonly Candidate[]): Promise<Candidate[]> => {
  const filters = cardFilters(query, 'many').add(
    'c.contact_id = any(?::uuid[])',
    plainArray(walked.map(({ id }) => id)),
  );
  const { rows } = await db.query<{ contact_id: string }>(
    `select c.contact_id from contact_cards c ${filters.where}`,
    filters.values,
  );
  const fits = new Set(rows.map((row) => row.contact_id));
  return walked.filter(({ id }) => fits.has(id));
};

const look = async (
  db: Queryable,
  { program }: Workspace,
  rows: readonly Candidate[],
  at: number,
): Promise<Looked[]> => {
  const heats = new Map(rows.map((row) => [row.id, row.heat]));
  const contacts = await loadFound(db, [...heats.keys()]);
  return contacts.map((contact) => ({
    id: contact.id,
    heat: heats.get(contact.id) ?? 0,
    contact,
    subject: contact.subject,
    now: heatOf(program, contact.subject, Math.max(at, contact.subject.clock)),
  }));
};

/**
 * Writes down anew where contacts stand whose scores are not what is written; returns those. The lanes write the same rows,
 * so each contact is held meanwhile, and left alone when it is not as it was read.
 */
const putRight = async (store: Store, looked: readonly Looked[]): Promise<Set<string>> => {
  const wrong = looked.filter((row) => row.now !== row.heat);
  if (wrong.length === 0) return new Set();
  const { rows } = await store.transaction((tx) =>
    tx.query<{ contact_id: string }>(
      `with wrong as (
         select * from unnest($1::uuid[], $2::text[], $3::smallint[], $4::smallint[]) as w (id, row_version, heat, now)
       ), unchanged as materialized (
         select c.id from contacts c join wrong w on w.id = c.id
         where c.xmin::text = w.row_version order by c.id for share of c skip locked
       )
       update contact_heat h set heat = w.now from wrong w join unchanged using (id)
       where h.contact_id = w.id and h.heat = w.heat returning h.contact_id`,
      [
        plainArray(wrong.map((row) => row.id)),
        plainArray(wrong.map((row) => row.contact.rowVersion)),
        plainArray(wrong.map((row) => row.heat)),
        plainArray(wrong.map((row) => row.now)),
      ],
    ),
  );
  return new Set(rows.map((row) => row.contact_id));
};
