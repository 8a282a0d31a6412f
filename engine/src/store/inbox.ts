import type { FieldValue, Properties } from '@ripen/shared';
import { bulk, plainArray } from './bulk.ts';
import type { Queryable } from './store.ts';

/** An event as it waits in the inbox: what the core needs of it but the moment of arrival, which is a column. */
export interface InboxEvent {
  messageId: string;
  type: string;
  properties: Properties;
  /** Fields that the event sets (traits of identify and group). */
  fields: Record<string, FieldValue> | null;
  /** When it happened, ms. */
  occurredAt: number;
  /** Arrived so late, or in a historical load, that nobody should be paged. */
  backfilled: boolean;
}

/** The contact turned out to be another one: its arrivals move there. Posted to the contact that goes. */
export interface InboxAbsorb {
  into: string;
}

/** The arrivals of another contact have moved here: rebuild from all of them. Posted by the lane of the one that went. */
export interface InboxMerge {
  from: string;
  /** How far the other's clock had come, ms, and the generation of its ledger. */
  clock: number;
  generation: number;
}

/** Replay everything: under the definitions that each arrival counted under. */
export interface InboxRebuild {
  reason: string;
}

export type InboxItem =
  | { kind: 'event'; body: InboxEvent }
  | { kind: 'absorb'; body: InboxAbsorb }
  | { kind: 'merge'; body: InboxMerge }
  | { kind: 'rebuild'; body: InboxRebuild };

/** A row to accept; `receivedAt` is what a historical load says it was, else the present. */
export type InboxArrival = InboxItem & {
  contactId: string;
  slot: number;
  /** Definitions that the input counts under: the head when it was accepted. */
  revision: number;
  receivedAt: number;
  importId: string | null;
};

export type InboxRow = InboxArrival & { id: number };

const columns = {
  slot: { type: 'smallint', of: (row: InboxArrival) => row.slot },
  contact_id: { type: 'uuid', of: (row: InboxArrival) => row.contactId },
  kind: { type: 'text', of: (row: InboxArrival) => row.kind },
  revision: { type: 'bigint', of: (row: InboxArrival) => row.revision },
  received_at: { type: 'bigint', of: (row: InboxArrival) => row.receivedAt },
  import_id: { type: 'uuid', of: (row: InboxArrival) => row.importId },
  body: { type: 'json', of: (row: InboxArrival) => row.body },
} as const;

const names = Object.keys(columns).join(', ');
const accept = bulk('inbox_accept', columns, `insert into inbox (${names}) select ${names} from :rows`);
const putBack = bulk<InboxRow>(
  'inbox_put_back',
  { id: { type: 'bigint', of: (row) => row.id }, ...columns },
  `insert into inbox (id, ${names}) overriding system value select id, ${names} from :rows`,
);

/** Accepts arrivals, in the order given. Call `notifyLanes` in the same transaction and `wakeLanes` after it. */
export const acceptArrivals = async (tx: Queryable, rows: readonly InboxArrival[]): Promise<void> => {
  if (rows.length > 0) await accept.run(tx, rows);
};

/** Gives claimed rows back, at their old places. */
export const returnArrivals = async (tx: Queryable, rows: readonly InboxRow[]): Promise<void> => {
  if (rows.length > 0) await putBack.run(tx, rows);
};

interface ClaimedRow {
  id: number;
  slot: number;
  contact_id: string;
  kind: InboxItem['kind'];
  revision: number;
  received_at: number;
  import_id: string | null;
  body: unknown;
}

const claimText = `
delete from inbox where ctid = any(array(
  (select ctid from inbox where slot between $1 and $3 order by slot, id limit $4)
  union all
  (select ctid from inbox where slot between $2 and $1 - 1 order by slot, id limit $4)
  limit $4))
returning id, slot, contact_id, kind, revision, received_at, import_id, body`;

/**
 * Takes up to `limit` rows out of the inbox, in the order in which they are to be applied. Slots are served from `from`
 * round to `from - 1`, so that a busy slot does not starve the others; order matters within a contact only.
 */
export const claimArrivals = async (
  tx: Queryable,
  claim: { from: number; firstSlot: number; lastSlot: number; limit: number },
): Promise<InboxRow[]> => {
  const { rows } = await tx.query<ClaimedRow>({
    name: 'inbox_claim',
    text: claimText,
    values: [claim.from, claim.firstSlot, claim.lastSlot, claim.limit],
  });
  return rows
    .map(
      (row) =>
        // Written by `acceptArrivals` only: kind and body belong together.
        ({
          id: row.id,
          slot: row.slot,
          contactId: row.contact_id,
          kind: row.kind,
          revision: row.revision,
          receivedAt: row.received_at,
          importId: row.import_id,
          body: row.body,
        }) as InboxRow,
    )
    .sort((a, b) => a.id - b.id);
};

/** Whether arrivals wait in a range of slots. */
export const hasArrivals = async (db: Queryable, firstSlot: number, lastSlot: number): Promise<boolean> => {
  const { rowCount } = await db.query({
    name: 'inbox_any',
    text: 'select 1 from inbox where slot between $1 and $2 limit 1',
    values: [firstSlot, lastSlot],
  });
  return (rowCount ?? 0) > 0;
};

/** Tells lingering drains of these slots to look, when the transaction commits: one notification per lane. */
export const notifyLanes = async (tx: Queryable, slots: Iterable<number>): Promise<void> => {
  const distinct = [...new Set(slots)];
  if (distinct.length === 0) return;
  await tx.query({
    name: 'inbox_notify',
    text: `select pg_notify('ripen_lane_' || lane, '') from lanes
      where exists (select 1 from unnest($1::smallint[]) s where s between first_slot and last_slot)`,
    values: [plainArray(distinct)],
  });
};

/** How many arrivals wait, at most, and the id below which none do. */
export interface InboxDepth {
  waiting: number;
  first: number;
}

/**
 * Arrivals that wait, at most. The range of ids is never less than the number of rows, and costs two looks at the index. Only
 * when it is wider than `enough` (a backlog, or one lane that is stuck) are rows counted, up to one more than that. `from` is
 * the `first` of an earlier look: below it the index holds what is gone, which is read page by page until it is vacuumed. Rows
 * put back below it since are missed.
 */
export const inboxDepth = async (db: Queryable, enough: number, from = 0): Promise<InboxDepth> => {
  const { rows } = await db.query<{ first: number | null; last: number | null }>({
    name: 'inbox_range',
    text: `select (select id from inbox where id >= $1 order by id limit 1) as first,
      (select id from inbox order by id desc limit 1) as last`,
    values: [from],
  });
  const { first = null, last = null } = rows[0] ?? {};
  if (first === null || last === null) return { waiting: 0, first: from };
  const range = last - first + 1;
  return { waiting: range <= enough ? range : await countArrivals(db, enough + 1, first), first };
};

/** Arrivals that wait, of those from an id on, counted up to `most`. */
export const countArrivals = async (db: Queryable, most: number, from: number): Promise<number> => {
  const { rows } = await db.query<{ waiting: number }>({
    name: 'inbox_depth',
    // Along the index: the table may begin with many rows that are gone.
    text: 'select count(*)::int as waiting from (select from inbox where id >= $2 order by id limit $1) as few',
    values: [most, from],
  });
  return rows[0]?.waiting ?? 0;
};
