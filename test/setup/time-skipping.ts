import { ensureTimeSkippingServer } from '@ripen/infra';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program that starts a time-skipping server; each test file starts its own, because time is per server. */
    timeSkippingServer: string;
  }
}

/** Makes sure that the time-skipping server is there. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('timeSkippingServer', await ensureTimeSkippingServer(console.log));
}
