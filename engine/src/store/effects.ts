import type { Effect } from '@ripen/shared';
import { announce } from './announce.ts';
import { bulkInsert, plainArray } from './bulk.ts';
import type { Queryable } from './store.ts';

type Deliver = Extract<Effect, { kind: 'deliver' }>;
type Ask = Extract<Effect, { kind: 'ask' }>;

/** Something that a contact's run says to the outside. */
export interface EffectOf<T extends Effect = Effect> {
  contactId: string;
  effect: T;
}

const deliveries = bulkInsert<Told>(
  'deliveries',
  {
    id: { type: 'uuid', of: ({ effect }) => effect.id },
    run_id: { type: 'uuid', of: ({ effect }) => effect.runId },
    contact_id: { type: 'uuid', of: (item) => item.contactId },
    node: { type: 'text', of: ({ effect }) => effect.node },
    channel: { type: 'text', of: ({ effect }) => effect.channel },
    status: { type: 'text', of: ({ effect }) => (effect.held === null ? 'pending' : 'held') },
    payload: { type: 'jsonb', of: ({ effect }) => effect.payload },
    at: { type: 'bigint', of: ({ effect }) => effect.at },
    answer: {
      type: 'text',
      of: ({ effect, answered }) => (effect.answers ? (answered ? 'given' : 'awaited') : null),
    },
  },
  // After a merge a run may come by the same place again: what was told once is not told twice. Who waits again asks again.
  `on conflict (id) do update set answer = excluded.answer, status = excluded.status where excluded.answer = 'awaited'`,
);

interface Told extends EffectOf<Deliver> {
  answered: boolean;
}
interface Asked extends EffectOf<Ask> {
  answered: boolean;
}

const asks = bulkInsert<Asked>(
  'asks',
  {
    id: { type: 'uuid', of: ({ effect }) => effect.id },
    run_id: { type: 'uuid', of: ({ effect }) => effect.runId },
    contact_id: { type: 'uuid', of: (item) => item.contactId },
    node: { type: 'text', of: ({ effect }) => effect.node },
    what: { type: 'text', of: ({ effect }) => effect.what },
    queue: { type: 'text', of: ({ effect }) => effect.queue },
    held: { type: 'boolean', of: ({ effect }) => effect.held !== null },
    payload: { type: 'jsonb', of: ({ effect }) => effect.payload },
    at: { type: 'bigint', of: ({ effect }) => effect.at },
    answered_at: { type: 'timestamptz', of: ({ answered }) => (answered ? 'now' : null) },
  },
  // A run that comes by again waits for an answer again; the lead that was made is found then.
  'on conflict (id) do update set answered_at = excluded.answered_at, held = excluded.held',
);

/** Writes down what is to be told and asked; `answered` are asks that were answered in the batch that asked. */
export const insertEffects = async (
  tx: Queryable,
  effects: readonly EffectOf[],
  answered: ReadonlySet<string>,
): Promise<void> => {
  const told: Told[] = [];
  const asked: Asked[] = [];
  for (const { contactId, effect } of effects) {
    if (effect.kind === 'deliver') told.push({ contactId, effect, answered: answered.has(effect.id) });
    else asked.push({ contactId, effect, answered: answered.has(effect.id) });
  }
  if (told.length > 0) {
    await deliveries.run(tx, told);
    await announce(tx, { operations: null });
  }
  if (asked.length > 0) await asks.run(tx, asked);
};

/** An ask as its answerer sees it. */
export interface AskRow {
  id: string;
  runId: string;
  contactId: string;
  node: string;
  what: string;
  queue: string;
  held: boolean;
  payload: Record<string, unknown>;
  at: number;
  answered: boolean;
}

const askColumns = `id, run_id as "runId", contact_id as "contactId", node, what, queue, held, payload, at,
  answered_at is not null as answered`;

/** Locks an ask, so that it is answered once. */
export const lockAsk = async (tx: Queryable, id: string): Promise<AskRow | undefined> => {
  const { rows } = await tx.query<AskRow>(`select ${askColumns} from asks where id = $1 for no key update`, [id]);
  return rows[0];
};

export const markAnswered = async (tx: Queryable, id: string): Promise<void> => {
  await tx.query('update asks set answered_at = now() where id = $1', [id]);
};

/** Notes that a request is answered; what it was about, if an answer was awaited. */
export const takeAnswer = async (
  tx: Queryable,
  deliveryId: string,
): Promise<{ contactId: string; at: number } | undefined> => {
  const { rows } = await tx.query<{ contactId: string; at: number }>(
    `update deliveries set answer = 'given' where id = $1 and answer = 'awaited' returning contact_id as "contactId", at`,
    [deliveryId],
  );
  return rows[0];
};

/** Which of these asks, of either kind, have been written down. */
export const knownAsks = async (db: Queryable, ids: readonly string[]): Promise<Set<string>> => {
  if (ids.length === 0) return new Set();
  const { rows } = await db.query<{ id: string }>(
    `select id from asks where id = any($1::uuid[])
     union all select id from deliveries where id = any($1::uuid[]) and answer is not null`,
    [plainArray(ids)],
  );
  return new Set(rows.map((row) => row.id));
};

/** Questions of these contacts that wait for their answer. */
export const openAsksOf = async (db: Queryable, contactIds: readonly string[]): Promise<Set<string>> => {
  const { rows } = await db.query<{ id: string }>({
    name: 'asks_open_of',
    text: 'select id from asks where answered_at is null and contact_id = any($1::uuid[])',
    values: [plainArray(contactIds)],
  });
  return new Set(rows.map((row) => row.id));
};
