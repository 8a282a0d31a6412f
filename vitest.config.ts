import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests beside the code they protect: no server, no network. */
const unit = (name: string, include: string[]) => ({
  extends: true as const,
  test: { name, include, sequence: { groupOrder: 0 } },
});

/** Tests that cross packages, on a real Postgres and, where `servers` says so, Temporal's time-skipping server. */
const whole = (name: string, servers: readonly 'time-skipping'[], timeoutMs: number) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: ['test/setup/postgres.ts', ...servers.map((server) => `test/setup/${server}.ts`)],
    testTimeout: timeoutMs,
    hookTimeout: 60_000,
    sequence: { groupOrder: 1 },
  },
});

/** Tests that start the whole product themselves and kill its parts: alone, one file at a time, in this order. */
const product = (name: string, groupOrder: number, timeoutMs: number, globalSetup: string[] = []) => ({
  extends: true as const,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup,
    fileParallelism: false,
    sequence: { groupOrder },
    testTimeout: timeoutMs,
    hookTimeout: 120_000,
  },
});

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: Math.min(4, availableParallelism()),
    setupFiles: ['test/setup/seed.ts'],
    projects: [
      unit('shared', ['shared/src/**/*.test.ts']),
      unit('engine', ['engine/src/**/*.test.ts']),
      unit('workflows-unit', ['workflows/src/**/*.test.ts']),
      unit('builder-ui', ['builder-ui/src/**/*.test.{ts,tsx}']),
      unit('infra', ['infra/{src,local}/**/*.test.ts']),
      whole('integration', [], 30_000),
      whole('workflows', ['time-skipping'], 60_000),
      whole('law', ['time-skipping'], 300_000),
      product('e2e', 2, 180_000),
      product('stack', 2, 120_000),
      product('ui', 3, 180_000, ['test/setup/browser.ts']),
      product('faults', 4, 900_000),
      product('bench', 5, 600_000),
    ],
  },
});
