import {
  acceptEvents,
  closeImport,
  createPrograms,
  createStore,
  drainLane,
  noPokes,
  openImport,
  publishDefinitions,
  readLanes,
  rebuildContact,
  touchContacts,
  type LaneDeps,
} from '@ripen/engine';
import type { Definition } from '@ripen/shared';
import type pg from 'pg';
import { createTestDatabase } from './database.ts';
import { isOwnEvent, postOwnEvent } from './own-events.ts';

/** A workspace in a database of its own whose lanes are drained by the test: no Temporal. */
export interface Workspace {
  readonly deps: LaneDeps;
  readonly databaseUrl: string;
  /** Applies all that waits and all that is due by `now`, ms. */
  drain(now: number): Promise<void>;
  close(): Promise<void>;
}

/** Publishes the documents as revision 1 of a new workspace. */
export const openWorkspace = async (documents: readonly Definition[]): Promise<Workspace> => {
  const database = await createTestDatabase();
  const store = createStore({ databaseUrl: database.url, max: 8 });
  const deps: LaneDeps = { store, programs: createPrograms(), pokes: noPokes };
  await publishDefinitions(deps, documents, 0);
  await touchContacts(deps);
  const lanes = await readLanes(store.pool);
  return {
    deps,
    databaseUrl: database.url,
    drain: async (now) => {
      await Promise.all(lanes.map(({ lane }) => drainLane(deps, { lane, now })));
    },
    close: async () => {
      await store.close();
      await database.drop();
    },
  };
};

/** Most events of a batch. */
const batchSize = 1_000;

/**
 * Takes messages in as one historical load, in order, and closes it; drains as it goes, so that batches of ingest and of
 * lanes do not fall together. `now` is the moment as of which all is to be, ms.
 */
export const loadHistory = async (workspace: Workspace, messages: readonly unknown[], now: number): Promise<void> => {
  const { deps } = workspace;
  const { id } = await openImport(deps, { name: 'history' });
  let batches = 0;
  for (let start = 0; start < messages.length;) {
    const next = messages[start];
    if (isOwnEvent(next)) {
      await postOwnEvent(deps, next, { backfilled: true });
      start++;
      continue;
    }
    const own = messages.findIndex((message, at) => at > start && isOwnEvent(message));
    const end = Math.min(start + batchSize, own < 0 ? Infinity : own);
    const batch = messages.slice(start, end).map((message) => structuredClone(message));
    const outcomes = await acceptEvents(deps, batch, { now, importId: id });
    const refused = outcomes.find((outcome) => outcome.status !== 'accepted');
    if (refused) throw new Error(`A message of the history was not accepted: ${JSON.stringify(refused)}`);
    if (batches++ % 2 === 0) await workspace.drain(now);
    start = end;
  }
  await workspace.drain(now);
  await closeImport(deps, { importId: id });
  await workspace.drain(now);
};

/** Rebuilds every contact from its arrivals. */
export const rebuildAll = async ({ deps }: Workspace, now: number): Promise<void> => {
  const { rows } = await deps.store.pool.query<{ id: string }>(
    'select id from contacts where merged_into is null order by id',
  );
  for (const { id } of rows) await rebuildContact(deps, { contactId: id, now });
};

/** Every arrival as it was applied, contact after contact: what `simulate` takes with recorded answers. */
export const recordedArrivals = async (pool: pg.Pool): Promise<Record<string, unknown>[]> => {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select 'arrival' as kind, contact_id as contact, message_id as "messageId", type, properties, fields, occurred_at::float8 as "occurredAt",
       arrived_at::float8 as "arrivedAt", backfilled
     from events order by contact_id::text, seq`,
  );
  return rows;
};
