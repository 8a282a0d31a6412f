import { createPrograms, createStore, noPokes, publishDefinitions, type LaneDeps } from '@ripen/engine';
import { median } from '../measure/stats.ts';
import type { Row } from '../row.ts';
import { workloadDefinitions } from '../workload/definitions.ts';
import { messagesOf } from '../workload/messages.ts';
import { idOf, Person } from '../workload/person.ts';

/** Pages of Postgres looked at so far, in memory or not, by the one connection that there is. */
const buffersOf = async ({ store }: LaneDeps): Promise<number> => {
  await store.pool.query('select pg_stat_force_next_flush()');
  const { rows } = await store.pool.query<{ touched: number }>(
    `select sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read + toast_blks_hit + toast_blks_read)::int8 as touched
     from pg_statio_user_tables`,
  );
  return Number(rows[0]?.touched ?? 0);
};

interface Sample {
  ms: number;
  buffers: number;
}

const sampleOf = async (deps: LaneDeps, person: Person): Promise<Sample> => {
  const before = await buffersOf(deps);
  const from = performance.now();
  await person.accept();
  await person.apply();
  const ms = performance.now() - from;
  return { ms, buffers: (await buffersOf(deps)) - before };
};

/** The next event of somebody with a long past, beside that of somebody with a short one, in turns. */
export const historyRow: Row = {
  name: 'history',
  run: async ({ sizes, stack, report }) => {
    const servers = await stack.servers();
    const { short, long, samples } = sizes.history;
    const store = createStore({ databaseUrl: await servers.createDatabase('bench_history'), max: 1 });
    const deps: LaneDeps = { store, programs: createPrograms(), pokes: noPokes };
    try {
      const startAt = Date.now();
      await publishDefinitions(deps, workloadDefinitions(), startAt);
      const source = messagesOf(await stack.templates(), { contacts: 2, seed: 1, run: 'history' });
      const old = new Person(deps, source, 0, startAt);
      // Postgres finds the end of an index by a shorter way: a third contact is there, so that neither of the two is.
      const others = Array.from({ length: 20 }, (_, index) => index + 2);
      const last = others.reduce((most, other) => (idOf(other) > idOf(most) ? other : most));
      await new Person(deps, source, last, startAt).live(short);
      // Both do the same at the same moments: the short past begins late.
      const young = new Person(deps, source, 1, startAt, { late: long - short });
      await old.live(long);
      await young.live(short);
      report(`a past of ${long} events and one of ${short} are there`);
      await store.pool.query('vacuum analyze');
      const taken = { old: [] as Sample[], young: [] as Sample[] };
      for (let index = 0; index < samples; index++) {
        // Who comes first in an hour writes down for all that an event type was seen in it.
        if (index % 2 === 0) taken.old.push(await sampleOf(deps, old));
        taken.young.push(await sampleOf(deps, young));
        if (index % 2 === 1) taken.old.push(await sampleOf(deps, old));
      }
      const of = (who: Sample[], what: keyof Sample): number => median(who.map((sample) => sample[what]));
      const names = {
        figure: `next event after ${long.toLocaleString('en-US')} events`,
        beside: `after ${short.toLocaleString('en-US')}`,
      };
      return [
        {
          ...names,
          unit: 'ms',
          measured: of(taken.old, 'ms'),
          besideMeasured: of(taken.young, 'ms'),
          aim: { atMost: 1.1 },
        },
        {
          ...names,
          unit: 'buffers',
          measured: of(taken.old, 'buffers'),
          besideMeasured: of(taken.young, 'buffers'),
          aim: { atMost: 1 },
        },
      ];
    } finally {
      await store.close();
    }
  },
};
