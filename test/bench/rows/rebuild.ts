import { waitUntil } from '@ripen/infra';
import { writeBooksAlone } from '../baselines/books.ts';
import type { Row, RowContext } from '../row.ts';
import { sendEvents } from '../stack/fill.ts';
import { readMemory } from '../stack/memory.ts';
import type { Product } from '../stack/product.ts';
import { appliedSoFar, untilApplied, watchInbox } from '../stack/progress.ts';
import { startTrickle } from '../stack/trickle.ts';

const mebibyte = 2 ** 20;
const readings = 3;
/** Memory is read in mid-work: at this share of the contacts, and at that one. */
const [early, late] = [0.2, 0.95];

/** Everybody rebuilt from history while live events flow, and what the worker holds meanwhile. */
export const rebuildRow: Row = {
  name: 'rebuild',
  run: async (context) => {
    const { sizes, stack, report } = context;
    const { events, livePerSecond } = sizes.rebuild;
    const product = await stack.product();
    const { pool } = product;
    const missing = events - (await arrivalsIn(product));
    if (missing > 0) await sendEvents(stack, product, missing, report);
    await product.restart();
    await pool.query('vacuum analyze');
    const rebuilt = await rebuildWhileLive(context, product, livePerSecond);
    const { arrivals, seconds, memory, live } = rebuilt;
    report(
      `${arrivals} arrivals in ${seconds.toFixed(1)} s beside ${Math.round(live.perSecond)} live events/s, ` +
        `which waited ${live.longestWaitMs} ms at most`,
    );
    const alone = await writeBooksAlone(pool);
    return [
      {
        figure: `rebuild from history, beside ${livePerSecond} live events/s`,
        beside: 'Postgres alone, same rows',
        unit: 'events/s',
        measured: arrivals / seconds,
        besideMeasured: alone,
        aim: { atLeast: 1 / 3 },
        details: {
          arrivals,
          'live events meanwhile, a second': live.perSecond,
          'longest wait of a live event, ms': live.longestWaitMs,
          'refusals (429)': live.refusals,
        },
      },
      {
        figure: 'worker memory at the end of a rebuild',
        beside: 'after a fifth of it',
        unit: 'MB',
        measured: memory.late / mebibyte,
        besideMeasured: memory.early / mebibyte,
        aim: { atMost: 1.1 },
      },
    ];
  },
};

const arrivalsIn = async ({ pool }: Product): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from events');
  return rows[0]?.n ?? 0;
};

/** Sends `livePerSecond` from before the rebuild begins until it is over. Throws when a live event is lost or there twice. */
const rebuildWhileLive = async ({ stack, sizes }: RowContext, product: Product, livePerSecond: number) => {
  const { pool } = product;
  const arrivals = await arrivalsIn(product);
  const applied = await appliedSoFar(pool);
  const trickle = startTrickle({
    product,
    templates: await stack.templates(),
    workload: { contacts: sizes.contacts, seed: 7_919, run: `${process.pid % 10_000}live` },
    perSecond: livePerSecond,
  });
  const longestWait = watchInbox(pool);
  const from = performance.now();
  const job = await startJob(product);
  await untilShare(pool, job, early);
  const memory = { early: await leastOf(product), late: 0 };
  await untilShare(pool, job, late);
  memory.late = await leastOf(product);
  await untilShare(pool, job, 1);
  const seconds = (performance.now() - from) / 1000;
  const { sent, ...live } = await trickle.stop();
  await untilApplied(pool, applied + sent);
  const kept = (await arrivalsIn(product)) - arrivals;
  if (kept !== sent) throw new Error(`${sent} live events were accepted during the rebuild, ${kept} are there.`);
  return { arrivals, seconds, memory, live: { ...live, longestWaitMs: await longestWait() } };
};

const startJob = async ({ url, apiKey }: Product): Promise<string> => {
  const response = await fetch(`${url}/api/rebuilds`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}` },
  });
  if (response.status !== 202) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
  const { jobId } = (await response.json()) as { jobId: string }; // The route's contract.
  return jobId;
};

const untilShare = (pool: Product['pool'], job: string, share: number): Promise<void> =>
  waitUntil({
    what: `A rebuild to ${share * 100}%`,
    timeoutMs: 600_000,
    everyMs: 50,
    until: async () => {
      const { rows } = await pool.query<{ status: string; share: number }>(
        'select status, done::float / total as share from jobs where id = $1',
        [job],
      );
      const now = rows[0];
      if (!now || !['running', 'completed'].includes(now.status)) throw new Error(`The rebuild is ${now?.status}.`);
      return now.status === 'completed' || (share < 1 && now.share >= share);
    },
  });

/** What the worker holds in mid-work: the least of some readings, because what it has in hand comes and goes. */
const leastOf = async ({ workerPid }: Product): Promise<number> => {
  const seen: number[] = [];
  while (seen.length < readings) seen.push((await readMemory(workerPid())).rss);
  return Math.min(...seen);
};
