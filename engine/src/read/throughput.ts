import type { installationHealthSchema } from '@ripen/shared';
import type { z } from 'zod';
import type { Logger } from '../store/logger.ts';
import { describeError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';
import { iso } from './moments.ts';

type Throughput = z.output<typeof installationHealthSchema>['throughput'];

/** A sample every ten seconds, for an hour. */
const defaultEveryMs = 10_000;
const mostSamples = 360;

/** How many events the lanes applied lately, as one process saw it. */
export interface ThroughputLog {
  read(): Throughput;
  /** Takes one sample. */
  sample(): Promise<void>;
  stop(): void;
}

export interface ThroughputOptions {
  /** The present, ms. */
  now: () => number;
  logger: Logger;
  everyMs?: number;
}

/** Looks at the lanes' counters now and then; the timer keeps no process alive. `stop` ends it. */
export const startThroughputLog = (
  db: Queryable,
  { now, logger, everyMs = defaultEveryMs }: ThroughputOptions,
): ThroughputLog => {
  const samples: Throughput['samples'] = [];
  let before: { applied: number; at: number } | null = null;
  const sample = async (): Promise<void> => {
    const { rows } = await db.query<{ applied: number }>('select sum(applied)::bigint as applied from lanes');
    const at = now();
    const applied = rows[0]?.applied ?? 0;
    if (before && at > before.at) {
      const more = Math.max(0, applied - before.applied);
      samples.push({ at: iso(at), applied: more, perSecond: (more * 1000) / (at - before.at) });
      if (samples.length > mostSamples) samples.shift();
    }
    before = { applied, at };
  };
  const timer = setInterval(() => {
    // A database that does not answer is shown elsewhere; the curve has a gap.
    sample().catch((error: unknown) => logger.debug({ error: describeError(error) }, 'throughput was not sampled'));
  }, everyMs);
  timer.unref();
  return { read: () => ({ everyMs, samples: [...samples] }), sample, stop: () => clearInterval(timer) };
};

/** For processes that do not look. */
export const noThroughputLog: ThroughputLog = {
  read: () => ({ everyMs: defaultEveryMs, samples: [] }),
  sample: () => Promise.resolve(),
  stop: () => undefined,
};
