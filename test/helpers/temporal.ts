import { ensureSearchAttributes } from '@ripen/infra';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { inject } from 'vitest';
import '../setup/time-skipping.ts';

/**
 * Starts a server whose clock jumps to the next timer whenever no activity runs, with Ripen's search attributes.
 * Each test file has its own; call `teardown()` on it in `afterAll`.
 */
export async function createTimeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const environment = await startServer(3);
  await ensureSearchAttributes(environment.connection);
  return environment;
}

/** The SDK gives Java five seconds to start, which is not enough on a machine that is busy with other tests. */
async function startServer(attempts: number): Promise<TestWorkflowEnvironment> {
  try {
    return await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path: inject('timeSkippingServer') } },
    });
  } catch (error) {
    if (attempts <= 1) throw error;
    return startServer(attempts - 1);
  }
}
