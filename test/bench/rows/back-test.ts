import {
  createPrograms,
  createStore,
  noPokes,
  publishDefinitions,
  runBackTest,
  startBackTest,
  type LaneDeps,
} from '@ripen/engine';
import { compile, definitionsOf, slotOf, type Automation } from '@ripen/shared';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { noTemporal } from '../../helpers/no-temporal.ts';
import { median } from '../measure/stats.ts';
import type { Row, RowContext } from '../row.ts';
import { workloadDefinitions } from '../workload/definitions.ts';
import { messagesOf } from '../workload/messages.ts';
import { inputOf } from './core.ts';
import { CoreDriver, type CoreInput } from './core-driver.ts';

const startAt = Date.UTC(2026, 0, 1);
const secondMs = 1_000;
const mebibyte = 2 ** 20;
const chunk = 10_000;

/** Arrivals as lanes wrote them down, without having been applied: the back-test reads nothing else but where clocks stand. */
const writeArrivals = async ({ store }: LaneDeps, inputs: AsyncIterable<CoreInput>): Promise<void> => {
  const clocks = new Map<string, number>();
  let rows: CoreInput[] = [];
  const flush = async (): Promise<void> => {
    await store.pool.query(
      `insert into events (contact_id, accepted, message_id, type, occurred_at, arrived_at, revision, backfilled, properties, fields)
       select (e->>'c')::uuid, 0, e->>'m', e->>'t', (e->>'at')::bigint, (e->>'at')::bigint, 1, false, e->'p', nullif(e->'f', 'null')
       from jsonb_array_elements($1) e`,
      [
        JSON.stringify(
          rows.map(({ contact, event }) => ({
            c: contact,
            m: event.messageId,
            t: event.type,
            at: event.arrivedAt,
            p: event.properties,
            f: event.fields,
          })),
        ),
      ],
    );
    rows = [];
  };
  for await (const input of inputs) {
    clocks.set(input.contact, input.event.arrivedAt);
    if (rows.push(input) === chunk) await flush();
  }
  if (rows.length > 0) await flush();
  const states = [...clocks].map(([id, clock]) => ({
    id,
    slot: slotOf(id),
    state: { id, generation: 1, revision: 1, clock, fields: {} },
  }));
  for (let from = 0; from < states.length; from += chunk)
    await store.pool.query(
      `insert into contacts (id, slot, state) select (e->>'id')::uuid, (e->>'slot')::smallint, (e->'state')::json from jsonb_array_elements($1) e`,
      [JSON.stringify(states.slice(from, from + chunk))],
    );
  await store.pool.query('vacuum analyze');
};

const workload = async function* (
  { sizes, stack }: Pick<RowContext, 'sizes' | 'stack'>,
  events: number,
): AsyncGenerator<CoreInput> {
  const { contacts } = sizes.backTest;
  const source = messagesOf(await stack.templates(), { contacts, seed: 1, run: 'backtest' });
  const read = (message: unknown): CoreInput => inputOf(JSON.stringify(message));
  for (let contact = 0; contact < contacts; contact++) yield read(source.identify(contact, startAt));
  for (let index = 1; index <= events; index++) yield read(source.event(startAt + index * secondMs));
};

/** What the core alone does with the same, in events a second. */
const coreRate = async (inputs: AsyncIterable<CoreInput>): Promise<number> => {
  const driver = new CoreDriver(compile(definitionsOf(workloadDefinitions())));
  let batch: CoreInput[] = [];
  let count = 0;
  for await (const input of inputs) {
    count++;
    if (batch.push(input) < 250) continue;
    driver.apply(batch);
    batch = [];
  }
  driver.apply(batch);
  return (count * 1000) / driver.coreMs;
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void; // What the flag adds.

/** Bytes that are in use and not only not yet collected. */
const heldNow = (): number => {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** The workload's automation of clicks, giving more. */
const draftOf = (): Automation => {
  const draft = workloadDefinitions().find(
    (document): document is Automation => document.kind === 'automation' && document.id === 'us-clicks',
  );
  if (!draft) throw new Error('The workload has no such automation.');
  return {
    ...draft,
    nodes: draft.nodes.map((node) =>
      node.type === 'add_points' ? { ...node, settings: { ...node.settings, points: 4 } } : node,
    ),
  };
};

/** A draft played over all arrivals beside the live version: its pace beside that of the core stepping each arrival once. */
export const backTestRow: Row = {
  name: 'back-test',
  run: async (context) => {
    const { sizes, stack, report } = context;
    const { first, last } = sizes.backTest;
    const servers = await stack.servers();
    const played = async (name: string, events: number) => {
      const count = sizes.backTest.contacts + events;
      const store = createStore({ databaseUrl: await servers.createDatabase(name), max: 8 });
      const deps: LaneDeps = { store, programs: createPrograms(), pokes: noPokes };
      try {
        await publishDefinitions(deps, workloadDefinitions(), startAt);
        await writeArrivals(deps, workload(context, events));
        const now = startAt + (last + 1) * secondMs;
        // A window over nearly everything: most is played twice.
        const days = Math.max(1, Math.floor((now - startAt) / 86_400_000));
        const jobId = await startBackTest(
          { store, workflows: noTemporal },
          { draft: draftOf(), days, sample: null, now },
        );
        const held: number[] = [];
        const watch = setInterval(() => held.push(heldNow()), 400);
        const from = performance.now();
        await runBackTest(deps, { jobId });
        const ms = performance.now() - from;
        clearInterval(watch);
        const { rows } = await store.pool.query<{ arrivals: number; differ: number }>(
          `select (result->>'arrivals')::int as arrivals, (result->'differ'->>'contacts')::int as differ from jobs where id = $1`,
          [jobId],
        );
        const [found] = rows;
        if (found?.arrivals !== count || found.differ === 0)
          throw new Error(`The back-test found ${JSON.stringify(found)} of ${count}.`);
        return { ms, held: median(held.length > 0 ? held : [heldNow()]), ...found };
      } finally {
        await store.close();
      }
    };
    const few = await played('bench_back_test_few', first);
    const many = await played('bench_back_test_many', last);
    report(`a back-test of ${many.arrivals} arrivals took ${(many.ms / 1000).toFixed(1)} s`);
    return [
      {
        figure: `back-test of ${last.toLocaleString('en-US')} events`,
        beside: 'the core alone, once through',
        unit: 'events/s',
        measured: (many.arrivals * 1000) / many.ms,
        besideMeasured: await coreRate(workload(context, last)),
        // Two cores: one million in a minute where the core does 200,000 a second.
        aim: { atLeast: 1 / 12 },
        details: { seconds: many.ms / 1000, 'contacts that differ': many.differ },
      },
      {
        figure: `memory while it plays ${last.toLocaleString('en-US')} events`,
        beside: first.toLocaleString('en-US'),
        unit: 'MB',
        measured: many.held / mebibyte,
        besideMeasured: few.held / mebibyte,
        aim: { atMost: 1.1 },
      },
    ];
  },
};
