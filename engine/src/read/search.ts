import { textArray } from '../store/bulk.ts';
import type { Queryable } from '../store/store.ts';
import { searchQuery, wantedOf, type Wanted } from '../store/words.ts';

/**
 * What cards are searched for. An index has to read every place of a word, so words that very many cards have are left to be
 * looked for in the cards that the rarer words lead to.
 */
export interface Search {
  /** `tsquery` of the words that lead to few cards; null where there are none. */
  rare: string | null;
  /** `tsquery` of the others. */
  common: string | null;
  /** `tsquery` of all of them; null where nothing is searched for. */
  all: string | null;
  /** Of the cards that the rare words lead to, the share that has the common ones, if words know nothing of each other. */
  commonShare: number;
}

/** From so many cards on, a word is common. */
const commonFrom = 20_000;

/** What is known of words is what the last analysis of the table found; a word it does not know is rare. */
const commonOf = async (db: Queryable, wanted: readonly Wanted[]): Promise<Map<Wanted, number>> => {
  const { rows } = await db.query<{ n: number; share: number }>(
    `select w.n::int - 1 as n, least(1, sum(known.share)) as share
     from unnest($1::text[], $2::boolean[]) with ordinality as w (word, begins, n)
     cross join (
       select unnest(most_common_elems::text::text[]) as word, unnest(most_common_elem_freqs) as share
       from pg_stats where schemaname = current_schema() and tablename = 'contact_cards' and attname = 'search'
     ) known
     where case when w.begins then starts_with(known.word, w.word) else known.word = w.word end
     group by w.n
     having sum(known.share) * (select greatest(reltuples, 0) from pg_class where oid = 'contact_cards'::regclass) >= $3`,
    [
      textArray(wanted.map(({ word }) => word)),
      `{${wanted.map(({ begins }) => String(begins)).join(',')}}`,
      commonFrom,
    ],
  );
  return new Map(
    rows.flatMap(({ n, share }) => {
      const word = wanted[n];
      return word ? [[word, share] as const] : [];
    }),
  );
};

export const readSearch = async (
  db: Queryable,
  { q, label }: { q?: string | undefined; label?: string | undefined },
  labels: readonly string[] = [],
) => {
  const wanted = wantedOf(q, label === undefined ? labels : [label, ...labels]);
  const common = wanted.length === 0 ? new Map<Wanted, number>() : await commonOf(db, wanted);
  const search: Search = {
    rare: searchQuery(wanted.filter((each) => !common.has(each))),
    common: searchQuery(wanted.filter((each) => common.has(each))),
    all: searchQuery(wanted),
    commonShare: [...common.values()].reduce((product, share) => product * share, 1),
  };
  return search;
};
