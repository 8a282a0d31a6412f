import {
  acceptArrivals,
  answerRequest,
  createPrograms,
  createStore,
  dispatchOutbox,
  decideRoute,
  drainLane,
  notifyLanes,
  publishDefinitions,
  readLanes,
  wakeLanes,
  type InboxEvent,
  type LaneDeps,
  type Logger,
  type Pokes,
  type Store,
} from '@ripen/engine';
import {
  definitionSchema,
  derivedId,
  slotOf,
  type DefinitionInput,
  type Properties,
  type RunArgs,
  type Subject,
} from '@ripen/shared';
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts';

/** A workspace on a database of its own, driven without Temporal. */
export interface World extends AsyncDisposable {
  readonly store: Store;
  readonly deps: LaneDeps;
  /** Warnings and errors that the engine logged. */
  readonly said: string[];
  publish(documents: readonly DefinitionInput[], now: number): Promise<number>;
  /** Makes a contact; the same name, the same id. */
  contact(name: string): Promise<string>;
  accept(events: readonly TestEvent[]): Promise<void>;
  /** Drains every lane to sleep. */
  drain(now: number, batchSize?: number): Promise<void>;
  /** Decides what live runs ask, until nothing is left to dispatch. Returns the run calls, as `start:<run>`. */
  dispatch(now: number): Promise<string[]>;
  subject(contactId: string): Promise<Subject>;
  rows<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
}

export interface TestEvent {
  contactId: string;
  type: string;
  at: number;
  /** When it was received; absent: when it happened. */
  receivedAt?: number;
  messageId?: string;
  properties?: Properties;
  fields?: InboxEvent['fields'];
  backfilled?: boolean;
  importId?: string;
  revision?: number;
}

let messages = 0;

const recorder = (said: string[]): Logger => {
  const say = (_: object, message: string): void => void said.push(message);
  return { debug: () => undefined, info: () => undefined, warn: say, error: say };
};

export const createWorld = async (pokes?: (world: () => World) => Pokes): Promise<World> => {
  const database: TestDatabase = await createTestDatabase();
  const said: string[] = [];
  const store = createStore({ databaseUrl: database.url, logger: recorder(said) });
  const noPokes: Pokes = { lane: () => Promise.resolve(), dispatcher: () => Promise.resolve() };
  const deps: LaneDeps = { store, programs: createPrograms(), pokes: pokes ? pokes(() => world) : noPokes };
  let revision = 0;
  const world: World = {
    store,
    deps,
    said,
    publish: async (documents, now) => {
      ({ revision } = await publishDefinitions(
        deps,
        documents.map((document) => definitionSchema.parse(document)),
        now,
      ));
      return revision;
    },
    contact: async (name) => {
      const id = derivedId(name);
      await store.pool.query("insert into contacts (id, slot, state) values ($1, $2, '{}') on conflict do nothing", [
        id,
        slotOf(id),
      ]);
      return id;
    },
    accept: async (events) => {
      const rows = events.map((event) => ({
        kind: 'event' as const,
        contactId: event.contactId,
        slot: slotOf(event.contactId),
        revision: event.revision ?? revision,
        receivedAt: event.receivedAt ?? event.at,
        importId: event.importId ?? null,
        body: {
          messageId: event.messageId ?? `message-${++messages}`,
          type: event.type,
          properties: event.properties ?? {},
          fields: event.fields ?? null,
          occurredAt: event.at,
          backfilled: event.backfilled ?? false,
        },
      }));
      const slots = rows.map((row) => row.slot);
      await store.transaction(async (tx) => {
        await acceptArrivals(tx, rows);
        await notifyLanes(tx, slots);
      });
      await wakeLanes(deps, slots);
    },
    drain: async (now, batchSize) => {
      for (const { lane } of await readLanes(store.pool))
        await drainLane(deps, { lane, now, ...(batchSize === undefined ? {} : { batchSize }) });
      // Merges hand work from lane to lane.
      const { rowCount } = await store.pool.query('select 1 from inbox limit 1');
      if (rowCount) await world.drain(now, batchSize);
    },
    dispatch: async (now) => {
      const told: string[] = [];
      const answer = async ({ asks, deliveries }: RunArgs): Promise<void> => {
        for (const askId of asks) await decideRoute(deps, { askId, now });
        for (const deliveryId of deliveries)
          await answerRequest(deps, { deliveryId, port: 'response', detail: {}, now });
      };
      const handler = {
        start: async (run: RunArgs) => {
          told.push(`start:${run.runId}`);
          await answer(run);
        },
        signal: async (run: RunArgs) => {
          told.push(`signal:${run.runId}`);
          await answer(run);
        },
      };
      while ((await dispatchOutbox(deps, { now }, handler)).done > 0);
      return told;
    },
    subject: async (contactId) => {
      const { rows } = await store.pool.query<{ state: Subject }>('select state from contacts where id = $1', [
        contactId,
      ]);
      const state = rows[0]?.state;
      if (!state) throw new Error(`No contact ${contactId}.`);
      return state;
    },
    // Test queries name their own rows.
    rows: async <Row extends object>(sql: string, values: unknown[] = []) =>
      (await store.pool.query<Row & Record<string, unknown>>(sql, values)).rows as Row[],
    [Symbol.asyncDispose]: async () => {
      await store.close();
      await database.drop();
    },
  };
  return world;
};

export const dayMs = 86_400_000;
export const startAt = Date.UTC(2026, 0, 5, 9);

/** Pages count every time, forms once; 60 days of silence take 5 points, once. */
export const plainModel: Extract<DefinitionInput, { kind: 'model' }> = {
  kind: 'model',
  id: 'score',
  name: 'Score',
  groups: [{ id: 'web', name: 'Web', kind: 'behaviour' }],
  rules: [
    {
      kind: 'behaviour',
      id: 'page',
      name: 'Page',
      group: 'web',
      event: 'page_viewed',
      points: 2,
      counts: { kind: 'every_time' },
    },
    { kind: 'behaviour', id: 'form', name: 'Form', group: 'web', event: 'form_submitted', points: 10 },
  ],
  decay: { afterDays: 60, by: { kind: 'points', points: 5 } },
};

export const stages: DefinitionInput = {
  kind: 'lifecycle',
  model: 'score',
  stages: [
    { id: 'lead', name: 'Lead', threshold: 4 },
    { id: 'mql', name: 'MQL', threshold: 20 },
  ],
};

const reps = (away: readonly string[]) =>
  ['ada', 'ben', 'cy'].map((id) => ({ id, name: id, available: !away.includes(id) }));
export const salesQueue = (away: readonly string[] = []): DefinitionInput => ({
  kind: 'queue',
  id: 'sales',
  name: 'Sales',
  reps: reps(away),
  answerWithinMinutes: 30,
});

/** A form takes the contact to sales; 3 days later it is labelled. */
export const routing: DefinitionInput = {
  kind: 'automation',
  id: 'forms',
  name: 'Forms to sales',
  triggers: [{ type: 'event', event: 'form_submitted' }],
  nodes: [
    { id: 'sales', type: 'route', settings: { queue: 'sales' } },
    { id: 'wait', type: 'wait_time', settings: { duration: { amount: 3, unit: 'days' } } },
    { id: 'tag', type: 'add_label', settings: { label: 'handed-over' } },
  ],
  edges: [
    { from: 'start', to: 'sales' },
    { from: 'sales', port: 'routed', to: 'wait' },
    { from: 'sales', port: 'no_one', to: 'tag' },
    { from: 'wait', to: 'tag' },
  ],
};

/** Contacts with so many page views each, from `startAt` on, drained at `now`; returns their ids. */
export const visitorsOf = async (world: World, views: readonly number[], now: number): Promise<string[]> => {
  const ids = await Promise.all(views.map((_, n) => world.contact(`visitor ${n}`)));
  await world.accept(
    views.flatMap((count, n) =>
      Array.from({ length: count }, (_, view) => ({
        contactId: ids[n] ?? '',
        type: 'page_viewed',
        at: startAt + view * 1_000,
      })),
    ),
  );
  await world.drain(now);
  return ids;
};
