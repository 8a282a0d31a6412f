import { contactIdOf, laneCount, slotCount, slotOf } from '@ripen/shared';
import { waitUntil } from '@ripen/infra';
import { median, percentile } from '../measure/stats.ts';
import type { Row } from '../row.ts';
import type { Product } from '../stack/product.ts';
import { messagesOf, userOf, type MessageSource } from '../workload/messages.ts';

/** The contacts of the workload that are hardly ever active, lane by lane: nothing else happens to them meanwhile. */
const quietContacts = (contacts: number): number[][] => {
  const lanes: number[][] = Array.from({ length: laneCount }, () => []);
  for (let contact = contacts - 1; contact >= 0; contact--) {
    const id = contactIdOf({ user: userOf(contact), email: null, anonymous: null });
    lanes[Math.floor((slotOf(id) * laneCount) / slotCount)]?.push(contact);
  }
  return lanes;
};

const entriesOf = async ({ pool }: Product, contactId: string): Promise<number> => {
  const { rows } = await pool.query<{ entries: number }>({
    name: 'bench_entries',
    text: `select (state ->> 'entries')::int as entries from contacts where id = $1`,
    values: [contactId],
  });
  return rows[0]?.entries ?? 0;
};

/** From sending one event to reading a score that it changed, ms. */
const timeToScore = async (product: Product, source: MessageSource, contact: number): Promise<number> => {
  const id = contactIdOf({ user: userOf(contact), email: null, anonymous: null });
  const before = await entriesOf(product, id);
  const body = JSON.stringify({ ...source.of(contact, 'Page Viewed', Date.now()), writeKey: product.writeKey });
  const from = performance.now();
  const response = await fetch(new URL('/v1/track', product.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  if (!response.ok) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
  // As close as one connection looks: each look takes a millisecond or less.
  while ((await entriesOf(product, id)) === before) {
    if (performance.now() - from > 60_000) throw new Error('The event has not changed the score after 60 s.');
  }
  return performance.now() - from;
};

const untilAsleep = ({ pool }: Product, lane: number): Promise<void> =>
  waitUntil({
    what: `Lane ${lane} to fall asleep`,
    timeoutMs: 60_000,
    until: async () => (await pool.query('select 1 from lanes where lane = $1 and asleep', [lane])).rowCount === 1,
  });

/** One event to a visible score, its lane awake and asleep, beside one workflow with one activity. */
export const latencyRow: Row = {
  name: 'latency',
  run: async ({ sizes, stack, report }) => {
    const product = await stack.product();
    const baseline = await stack.baseline();
    const source = messagesOf(await stack.templates(), { contacts: sizes.contacts, seed: 1, run: 'latency' });
    const quiet = quietContacts(sizes.contacts);
    const next = (lane: number): number => {
      const contact = quiet[lane]?.pop();
      if (contact === undefined) throw new Error(`Lane ${lane} has no quiet contact left.`);
      return contact;
    };
    const awake: number[] = [];
    const asleep: number[] = [];
    const workflows: number[] = [];
    await baseline.latencies(3);
    for (let round = 0; round < sizes.rounds; round++) {
      for (let sample = 0; sample < sizes.latencySamplesPerRound; sample++) {
        const lane = sample % laneCount;
        await untilAsleep(product, lane);
        asleep.push(await timeToScore(product, source, next(lane)));
        awake.push(await timeToScore(product, source, next(lane)));
      }
      workflows.push(...(await baseline.latencies(sizes.latencySamplesPerRound)));
      report(
        `p50 awake ${median(awake).toFixed(1)} ms, asleep ${median(asleep).toFixed(1)} ms, workflow ${median(workflows).toFixed(1)} ms`,
      );
    }
    const figure = (name: string, taken: number[], atMost: number) => ({
      figure: `event to score, lane ${name}, p50`,
      beside: 'a workflow with an activity',
      unit: 'ms',
      measured: median(taken),
      besideMeasured: median(workflows),
      aim: { atMost },
      details: { 'p99, ms': percentile(taken, 0.99), 'p99 of the workflow, ms': percentile(workflows, 0.99) },
    });
    return [figure('awake', awake, 1 / 6), figure('asleep', asleep, 1 / 2)];
  },
};
