import type { Counted, DecayStep, Expiring, FactBook, LedgerEntry, Needs, Properties } from '@ripen/shared';
import { plainArray, textArray } from './bulk.ts';
import type { Queryable } from './store.ts';

/** What to load for one contact, and where to put it. */
export interface FactRequest {
  contactId: string;
  generation: number;
  needs: Needs;
  book: FactBook;
}

interface Keyed {
  /** Position in the list of requests. */
  n: number;
}

/** Loads the facts of many contacts: at most four statements, whatever their number. */
export const loadFacts = async (db: Queryable, requests: readonly FactRequest[]): Promise<void> => {
  await loadEvents(db, requests);
  await loadCounted(db, requests);
  await loadExpiring(db, requests);
  await loadDecaySteps(db, requests);
  await loadLedgers(db, requests);
};

const loadEvents = async (db: Queryable, requests: readonly FactRequest[]): Promise<void> => {
  const wanted = requests.flatMap(({ contactId, needs, book }) =>
    needs.events.map((need) => ({ contactId, book, ...need })),
  );
  if (wanted.length === 0) return;
  const { rows } = await db.query<Keyed & { at: number; properties: Properties }>({
    name: 'facts_events',
    // The latest are found from the end of the index and given back in order of time.
    text: `select u.n::int - 1 as n, e.occurred_at as at, e.properties
      from unnest($1::uuid[], $2::text[], $3::bigint[], $4::int[]) with ordinality as u(contact_id, type, after, latest, n)
      cross join lateral (
        select occurred_at, seq, properties from events
        where contact_id = u.contact_id and type = u.type and occurred_at > u.after
        order by occurred_at desc, seq desc limit u.latest
      ) e
      order by u.n, e.occurred_at, e.seq`,
    values: [
      plainArray(wanted.map((need) => need.contactId)),
      textArray(wanted.map((need) => need.type)),
      plainArray(wanted.map((need) => need.after ?? beforeAll)),
      plainArray(wanted.map((need) => need.latest ?? 'NULL')),
    ],
  });
  for (const { n, at, properties } of rows) {
    const need = wanted[n];
    need?.book.addEvent(need.type, { at, properties });
  }
};

const beforeAll = '-9223372036854775808';

const loadCounted = async (db: Queryable, requests: readonly FactRequest[]): Promise<void> => {
  const wanted = requests.flatMap(({ contactId, needs, book }) =>
    withoutOverlap(needs.counted).map((need) => ({ contactId, book, ...need })),
  );
  if (wanted.length === 0) return;
  const { rows } = await db.query<Keyed & { value: string; at: number }>({
    name: 'facts_counted',
    // Two halves, so that each is one range of the index: with a value, and for every value. Lateral, so that what is
    // wanted leads and the table is never walked to be compared with it.
    text: `select u.n::int - 1 as n, c.value, c.at
      from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[]) with ordinality as u(contact_id, counter, value, after, n)
      cross join lateral (
        select value, at from counted
        where contact_id = u.contact_id and counter = u.counter and value = u.value and at > u.after
        union all
        select value, at from counted
        where u.value is null and contact_id = u.contact_id and counter = u.counter and at > u.after
      ) c`,
    values: [
      plainArray(wanted.map((need) => need.contactId)),
      textArray(wanted.map((need) => need.counter)),
      textArray(wanted.map((need) => need.value)),
      plainArray(wanted.map((need) => finite(need.after))),
    ],
  });
  for (const { n, value, at } of rows) {
    const need = wanted[n];
    need?.book.addCounted({ counter: need.counter, value, at } satisfies Counted);
  }
};

/** A counter that is asked for as a whole is not asked for by value too: each time it counted is told once. */
const withoutOverlap = (counted: Needs['counted']): Needs['counted'] => {
  const whole = counted.filter((need) => need.value === null);
  if (whole.length === 0) return counted;
  const joined = whole.map((need) => ({
    ...need,
    after: Math.min(...counted.filter((other) => other.counter === need.counter).map((other) => other.after)),
  }));
  return [...joined, ...counted.filter((need) => !whole.some((other) => other.counter === need.counter))];
};

/** A counter without a window is asked for since minus infinity. */
const finite = (after: number): number | string => (Number.isFinite(after) ? after : beforeAll);

const loadExpiring = async (db: Queryable, requests: readonly FactRequest[]): Promise<void> => {
  const wanted = requests.filter(({ needs }) => needs.expiringUntil !== null);
  if (wanted.length === 0) return;
  const columns = `entry_id as "entryId", seq, model, "group", cause, epoch, era, shrink, points, earned_at as "earnedAt",
    decays, expires_at as "expiresAt"`;
  const { rows } = await db.query<Keyed & Expiring>({
    name: 'facts_expiring',
    text: `select u.n::int - 1 as n, x.*
      from unnest($1::uuid[], $2::bigint[]) with ordinality as u(contact_id, until, n)
      cross join lateral (
        (select ${columns} from expiring where contact_id = u.contact_id and expires_at <= u.until)
        union all
        (select ${columns} from expiring where contact_id = u.contact_id and expires_at > u.until
         order by expires_at, seq limit 1)
      ) x
      order by u.n, "expiresAt", seq`,
    values: [
      plainArray(wanted.map((need) => need.contactId)),
      plainArray(wanted.map((need) => need.needs.expiringUntil)),
    ],
  });
  for (const { n, ...expiring } of rows) wanted[n]?.book.addExpiring(expiring);
};

const loadDecaySteps = async (db: Queryable, requests: readonly FactRequest[]): Promise<void> => {
  const wanted = requests.filter(({ needs }) => needs.stepsAfter !== null);
  if (wanted.length === 0) return;
  const { rows } = await db.query<
    Keyed & { model: string; epoch: number; at: number; factors: Record<string, number> | null }
  >({
    name: 'facts_steps',
    text: `select u.n::int - 1 as n, l.model, l.epoch, l.at, l.factors
      from unnest($1::uuid[], $2::int[], $3::bigint[]) with ordinality as u(contact_id, generation, after, n)
      join ledger l on l.contact_id = u.contact_id and l.generation = u.generation and l.at > u.after and l.kind = 'decay'
      order by u.n, l.seq`,
    values: [
      plainArray(wanted.map((need) => need.contactId)),
      plainArray(wanted.map((need) => need.generation)),
      plainArray(wanted.map((need) => need.needs.stepsAfter)),
    ],
  });
  for (const { n, model, epoch, at, factors } of rows) {
    wanted[n]?.book.addStep({ model, epoch, at, factors: factors ?? {} } satisfies DecayStep);
  }
};

/** Whole ledgers, and what the messages behind them said: only where something is undone. */
const loadLedgers = async (db: Queryable, requests: readonly FactRequest[]): Promise<void> => {
  const wanted = requests.filter(({ needs }) => needs.ledger);
  for (const { contactId, generation, book } of wanted) {
    const ledger = await db.query<LedgerEntry>({
      name: 'facts_ledger',
      text: `select id, seq, model, "group", kind, points, at, earned_at as "earnedAt", cause, message_id as "messageId",
          run_id as "runId", decays, expires_at as "expiresAt", epoch, factors, of
        from ledger where contact_id = $1 and generation = $2 order by seq`,
      values: [contactId, generation],
    });
    book.keepLedger(ledger.rows);
    const said = await db.query<{ id: string; properties: Properties }>({
      name: 'facts_messages',
      text: 'select message_id as id, properties from events where contact_id = $1',
      values: [contactId],
    });
    for (const { id, properties } of said.rows) book.addProperties(id, properties);
  }
};
