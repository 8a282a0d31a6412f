import { createPrograms, createStore, drainLane, noPokes, type LaneDeps } from '@ripen/engine';
import { waitUntil } from '@ripen/infra';
import { laneCount, slotCount } from '@ripen/shared';
import { liveRound } from '../measure/live.ts';
import { median } from '../measure/stats.ts';
import type { Row, RowContext } from '../row.ts';
import { appliedSoFar, untilApplied } from '../stack/progress.ts';

const dayMs = 86_400_000;
/** The workload's model decays after so many days of silence. */
const silenceMs = 60 * dayMs;

/** A database in which so many contacts wait for a moment of their own in the next year. */
const withClocks = async ({ stack }: RowContext, name: string, contacts: number): Promise<LaneDeps> => {
  const servers = await stack.servers();
  const databaseUrl = await servers.createDatabase(name);
  const store = createStore({ databaseUrl, max: 2 });
  await store.pool.query(
    `insert into dues (contact_id, slot, due_at)
     select gen_random_uuid(), n % ${slotCount}, $2 + (random() * ${365 * dayMs})::bigint from generate_series(1, $1::int) n`,
    [contacts, Date.now() + dayMs],
  );
  await store.pool.query('vacuum analyze dues');
  return { store, programs: createPrograms(), pokes: noPokes };
};

/** How long a lane takes to see that nothing is due, and what is next. */
const lookup = async (deps: LaneDeps, lane: number): Promise<number> => {
  const from = performance.now();
  await drainLane(deps, { lane, now: Date.now() });
  return performance.now() - from;
};

const lookups = async (context: RowContext) => {
  const { few, many, lookups: count } = context.sizes.clocks;
  const small = await withClocks(context, 'bench_few_clocks', few);
  const large = await withClocks(context, 'bench_many_clocks', many);
  const taken = { small: [] as number[], large: [] as number[] };
  try {
    for (let index = -laneCount; index < count; index++) {
      const lane = ((index % laneCount) + laneCount) % laneCount;
      const times = { small: await lookup(small, lane), large: await lookup(large, lane) };
      // The first round warms plans and caches up.
      if (index < 0) continue;
      taken.small.push(times.small);
      taken.large.push(times.large);
    }
  } finally {
    await small.store.close();
    await large.store.close();
  }
  return {
    figure: `due lookup, ${many.toLocaleString('en-US')} clocks`,
    beside: `${few.toLocaleString('en-US')} clocks`,
    unit: 'ms',
    measured: median(taken.large),
    besideMeasured: median(taken.small),
    aim: { atMost: 1.2 },
  };
};

/** Contacts that were last active 60 days before a moment soon to come: all their clocks fall due at it. */
const atOnce = async ({ stack, sizes, report }: RowContext) => {
  const product = await stack.product();
  const count = sizes.clocks.atOnce;
  const live = await liveRound(stack, sizes.liveEventsPerRound);
  // Time enough to send them all, and to be asleep again by then.
  const leadMs = Math.round(8_000 + (count / live.appliedPerSecond) * 3_000);
  const dueAt = Date.now() + leadMs;
  const sender = await stack.sender(product, {
    kind: 'forms',
    count,
    first: sizes.contacts,
    shiftMs: leadMs - silenceMs,
  });
  const applied = await appliedSoFar(product.pool);
  await sender.go();
  await untilApplied(product.pool, applied + count);
  if (Date.now() > dueAt) throw new Error('The clocks fell due before all were set.');
  const decayed = async (): Promise<number> => {
    const { rows } = await product.pool.query<{ n: number }>(
      "select count(*)::int as n from ledger where kind = 'decay'",
    );
    return rows[0]?.n ?? 0;
  };
  const before = await decayed();
  const { rows } = await product.pool.query<{ first: number; last: number; n: number }>(
    'select min(due_at) as first, max(due_at) as last, count(*)::int as n from dues where due_at < $1',
    [dueAt + 60_000],
  );
  const { first = dueAt, n = 0 } = rows[0] ?? {};
  report(`${n} clocks fall due in ${Math.round((first - Date.now()) / 1000)} s`);
  await waitUntil({
    what: 'The dues',
    timeoutMs: 600_000,
    everyMs: 100,
    until: async () =>
      (await product.pool.query('select 1 from dues where due_at < $1 limit 1', [dueAt + 60_000])).rowCount === 0,
  });
  const seconds = (Date.now() - first) / 1000;
  const steps = (await decayed()) - before;
  if (steps !== count) throw new Error(`${count} clocks fell due, but ${steps} scores decayed.`);
  return {
    figure: `${count.toLocaleString('en-US')} clocks due at once`,
    beside: 'live events',
    unit: 'per s',
    measured: count / seconds,
    besideMeasured: live.appliedPerSecond,
    aim: { atLeast: 0.5 },
  };
};

/** Clocks of silence: looking for what is due, and very many falling due at one moment. */
export const clocksRow: Row = {
  name: 'clocks',
  run: async (context) => [await lookups(context), await atOnce(context)],
};
