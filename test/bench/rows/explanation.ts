import { createKey, createPrograms, createStore, noPokes, publishDefinitions, type LaneDeps } from '@ripen/engine';
import { median } from '../measure/stats.ts';
import type { Row } from '../row.ts';
import { serve } from '../stack/served.ts';
import { modelId, workloadDefinitions } from '../workload/definitions.ts';
import { messagesOf } from '../workload/messages.ts';
import { idOf, Person } from '../workload/person.ts';

/** Events that earn every time: each is an entry. */
const earning = ['Page Viewed', 'Product Used'];

interface Explained {
  items: { score: number; lines: { points: number }[] }[];
}

/** Why a score is what it is, of somebody with a long ledger, beside somebody with a short one, in turns, over HTTP. */
export const explanationRow: Row = {
  name: 'explanation',
  run: async ({ sizes, stack, report }) => {
    const servers = await stack.servers();
    const { short, long, samples } = sizes.explanation;
    const store = createStore({ databaseUrl: await servers.createDatabase('bench_explanation'), max: 4 });
    const deps: LaneDeps = { store, programs: createPrograms(), pokes: noPokes };
    const startAt = Date.parse('2024-01-01T00:00:00Z');
    await publishDefinitions(deps, workloadDefinitions(), startAt);
    const { key } = await createKey(store.pool, { kind: 'api', name: 'bench', permissions: ['admin'] });
    const served = await serve(deps, key, () => store.close());
    try {
      const source = messagesOf(await stack.templates(), { contacts: 2, seed: 1, run: 'explained' });
      const people = { old: idOf(0), young: idOf(1) };
      const old = new Person(deps, source, 0, startAt, { events: earning });
      const young = new Person(deps, source, 1, startAt, { events: earning, late: long - short });
      await old.live(long);
      await young.live(short);
      // What people gave is told one by one, from the ledger.
      for (const [id, person] of [
        [people.old, old],
        [people.young, young],
      ] as const) {
        for (const points of [3, -1, 2])
          await served.ask(`/api/contacts/${id}/adjustments`, { model: modelId, points, reason: 'Met at a fair' });
        await person.live(1);
      }
      await store.pool.query('vacuum analyze');
      const { rows } = await store.pool.query<{ contact_id: string; n: number }>(
        'select contact_id, count(*)::int as n from ledger group by contact_id',
      );
      const entriesOf = (id: string): number => rows.find((row) => row.contact_id === id)?.n ?? 0;
      report(`ledgers of ${entriesOf(people.old)} and ${entriesOf(people.young)} entries are there`);
      const taken = { old: [] as number[], young: [] as number[] };
      const ask = async (who: keyof typeof people): Promise<number> => {
        const { ms, body } = await served.ask<Explained>(`/api/contacts/${people[who]}/explanation`);
        for (const { score, lines } of body.items) {
          const sum = lines.reduce((points, line) => points + line.points, 0);
          if (lines.length < 4 || Math.abs(sum - score) > 1e-6)
            throw new Error(`The lines add up to ${sum}, not to ${score}.`);
        }
        return ms;
      };
      for (let index = -20; index < samples; index++) {
        const first = index % 2 === 0 ? 'old' : 'young';
        const second = index % 2 === 0 ? 'young' : 'old';
        const times = { [first]: await ask(first), [second]: await ask(second) };
        // The first ones warm plans and caches up.
        if (index < 0) continue;
        taken.old.push(times['old'] ?? 0);
        taken.young.push(times['young'] ?? 0);
      }
      const count = (id: string): string => entriesOf(id).toLocaleString('en-US');
      return [
        {
          figure: `explanation, ${long.toLocaleString('en-US')} entries`,
          beside: `${short.toLocaleString('en-US')} entries`,
          unit: 'ms',
          measured: median(taken.old),
          besideMeasured: median(taken.young),
          aim: { atMost: 1.5 },
          details: { 'entries in the ledgers': `${count(people.old)} and ${count(people.young)}` },
        },
      ];
    } finally {
      await served.close();
    }
  },
};
