import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/run/longest-first.ts';

const processors = Math.min(4, availableParallelism());

/** Tests that keep a processor busy. */
const working = { maxWorkers: processors, sequence: { groupOrder: 0 } };

/** Tests beside the code they protect: no server, no network. */
const unit = (name: string, include: string[]) => ({
  extends: true as const,
  test: { ...working, name, include },
});

/**
 * Tests of which half the time is waiting, for processes to start, timers to fire, pages to settle: one more at once than there
 * are processors.
 */
const waiting = { maxWorkers: processors + 1, sequence: { groupOrder: 1 } };

/** Tests that time how long a start takes, or do something while another thing is under way: one file at a time. */
const alone = { maxWorkers: 1, sequence: { groupOrder: 2 } };

/** Tests that cross packages, on a real Postgres and, where `servers` says so, Temporal's time-skipping server. */
const whole = (name: string, servers: readonly 'time-skipping'[], timeoutMs: number) => ({
  extends: true as const,
  test: {
    ...waiting,
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: ['test/setup/postgres.ts', ...servers.map((server) => `test/setup/${server}.ts`)],
    testTimeout: timeoutMs,
    hookTimeout: 60_000,
  },
});

/** Tests that start the whole product themselves, each on a folder and ports of its own, and kill its parts. */
const product = (
  name: string,
  timeoutMs: number,
  { globalSetup = [] as string[], beside = waiting, retry = 0 } = {},
) => ({
  extends: true as const,
  test: {
    ...beside,
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup,
    testTimeout: timeoutMs,
    hookTimeout: 180_000,
    retry,
    expect: { poll: { timeout: 15_000 } },
  },
});

export default defineConfig({
  test: {
    pool: 'forks',
    setupFiles: ['test/setup/seed.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      unit('shared', ['shared/src/**/*.test.ts']),
      unit('engine', ['engine/src/**/*.test.ts']),
      unit('workflows-unit', ['workflows/src/**/*.test.ts']),
      unit('builder-ui', ['builder-ui/src/**/*.test.{ts,tsx}']),
      unit('infra', ['infra/{src,local}/**/*.test.ts']),
      whole('integration', [], 30_000),
      whole('workflows', ['time-skipping'], 60_000),
      whole('law', ['time-skipping'], 300_000),
      product('e2e', 180_000, { beside: alone }),
      product('stack', 120_000, { beside: alone }),
      // What fails twice fails. What passes the second time is a race: the report marks it `retry x1`, and it is to be mended.
      product('ui', 180_000, { globalSetup: ['test/setup/browser.ts'], retry: 1 }),
      product('faults', 900_000),
      product('bench', 600_000),
    ],
  },
});
