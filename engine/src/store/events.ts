import type { EventInput, FieldValue, Properties } from '@ripen/shared';
import { bulk, bulkInsert, plainArray } from './bulk.ts';
import type { Queryable } from './store.ts';

/** An arrival as it was applied. */
export interface AppliedEvent {
  contactId: string;
  /** Its number in the inbox. */
  accepted: number;
  input: EventInput;
  revision: number;
  notes: string[] | null;
}

const events = bulkInsert<AppliedEvent>('events', {
  contact_id: { type: 'uuid', of: (event) => event.contactId },
  accepted: { type: 'bigint', of: (event) => event.accepted },
  message_id: { type: 'text', of: ({ input }) => input.messageId },
  type: { type: 'text', of: ({ input }) => input.type },
  occurred_at: { type: 'bigint', of: ({ input }) => input.occurredAt },
  arrived_at: { type: 'bigint', of: ({ input }) => input.arrivedAt },
  revision: { type: 'bigint', of: (event) => event.revision },
  backfilled: { type: 'boolean', of: ({ input }) => input.backfilled },
  properties: { type: 'json', of: ({ input }) => input.properties },
  fields: { type: 'json', of: ({ input }) => input.fields },
  notes: { type: 'text[]', of: (event) => event.notes },
});

/** Appends events in the order in which they were applied: `seq` is given here. */
export const insertEvents = async (tx: Queryable, rows: readonly AppliedEvent[]): Promise<void> => {
  if (rows.length > 0) await events.run(tx, rows);
};

/** An arrival to replay. */
export interface PastArrival {
  contactId: string;
  seq: number;
  accepted: number;
  revision: number;
  input: EventInput;
}

interface EventRow {
  contact_id: string;
  seq: number;
  accepted: number;
  message_id: string;
  type: string;
  occurred_at: number;
  arrived_at: number;
  revision: number;
  backfilled: boolean;
  properties: Properties;
  fields: Record<string, FieldValue> | null;
}

/** Up to `limit` arrivals of a contact after one of them, in the order in which they were applied. */
export const readArrivals = async (
  db: Queryable,
  contactId: string,
  afterSeq: number,
  limit: number,
): Promise<PastArrival[]> => {
  const { rows } = await db.query<EventRow>({
    name: 'events_replay',
    text: `select contact_id, ${replayed} from events where contact_id = $1 and seq > $2 order by seq limit $3`,
    values: [contactId, afterSeq, limit],
  });
  return rows.map(pastArrival);
};

/** The first `limit` arrivals of all these contacts together: contact by contact, in the order of their ids, each in its own order. */
export const readArrivalsOf = async (
  db: Queryable,
  contactIds: readonly string[],
  limit: number,
): Promise<PastArrival[]> => {
  const { rows } = await db.query<EventRow>({
    name: 'events_replay_many',
    text: `select contact_id, ${replayed} from events where contact_id = any($1::uuid[]) order by contact_id, seq limit $2`,
    values: [plainArray(contactIds), limit],
  });
  return rows.map(pastArrival);
};

/** Whether events of a type ever arrived for a contact. */
export const hasArrivalOf = async (db: Queryable, contactId: string, type: string): Promise<boolean> => {
  const { rowCount } = await db.query({
    name: 'events_of_type',
    text: 'select 1 from events where contact_id = $1 and type = $2 limit 1',
    values: [contactId, type],
  });
  return (rowCount ?? 0) > 0;
};

const replayed = 'seq, accepted, message_id, type, occurred_at, arrived_at, revision, backfilled, properties, fields';

const pastArrival = (row: EventRow): PastArrival => ({
  contactId: row.contact_id,
  seq: row.seq,
  accepted: row.accepted,
  revision: row.revision,
  input: {
    kind: 'event',
    messageId: row.message_id,
    type: row.type,
    properties: row.properties,
    fields: row.fields,
    occurredAt: row.occurred_at,
    arrivedAt: row.arrived_at,
    backfilled: row.backfilled,
  },
});

const moved = bulk<{ from: string; seq: number; to: string; next: number }>(
  'events_move',
  {
    from_id: { type: 'uuid', of: (row) => row.from },
    from_seq: { type: 'bigint', of: (row) => row.seq },
    to_id: { type: 'uuid', of: (row) => row.to },
    next_seq: { type: 'bigint', of: (row) => row.next },
  },
  `update events e set contact_id = r.to_id, seq = r.next_seq
   from :rows where e.contact_id = r.from_id and e.seq = r.from_seq`,
);

/** Gives arrivals to a contact, numbered anew in the order given. */
export const moveArrivals = async (tx: Queryable, to: string, arrivals: readonly PastArrival[]): Promise<void> => {
  if (arrivals.length === 0) return;
  const { rows } = await tx.query<{ next: number }>(
    "select nextval(pg_get_serial_sequence('events', 'seq')) as next from generate_series(1, $1)",
    [arrivals.length],
  );
  const numbers = rows.map((row) => row.next).sort((a, b) => a - b);
  await moved.run(
    tx,
    arrivals.map((arrival, index) => ({ from: arrival.contactId, seq: arrival.seq, to, next: numbers[index] ?? 0 })),
  );
};
