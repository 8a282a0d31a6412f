import { join } from 'node:path';
import { startTemporalDev } from '@ripen/infra';
import type { TestProject } from 'vitest/node';
import { runFolder } from './run-folder.ts';
import { share } from './shared-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** host:port of a Temporal dev server with the search attributes registered. */
    temporalAddress: string;
  }
}

/** Starts the Temporal dev server of this run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, release } = await share(
    'temporal',
    () => startTemporalDev({ dir: join(runFolder, 'temporal'), report: console.log }),
    (running) => running.stop(),
  );
  project.provide('temporalAddress', server.address);
  return release;
}
