import { setTimeout as pause } from 'node:timers/promises';
import { jobSchema } from '@ripen/shared';
import { read } from './api.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { Client } from './client.ts';
import { counted, Progress } from './progress.ts';
import type { Terminal } from './terminal.ts';

const lookEveryMs = 500;

/** Shows how far a job of the server is until it is done. Returns how many contacts it did, in words. Throws CliError when it fails or is cancelled. */
export const followJob = async (client: Client, jobId: string, terminal: Terminal): Promise<string> => {
  const progress = new Progress(terminal.stderr);
  for (;;) {
    const { body } = await client.call({ method: 'GET', path: `/api/jobs/${jobId}`, auth: 'api', repeatable: true });
    const job = read(jobSchema, body);
    progress.update('Contacts', job.done, job.total ?? undefined);
    if (job.status === 'completed') {
      progress.finish();
      return counted(job.done, 'contact');
    }
    if (job.status !== 'running')
      throw new CliError(
        `It ${job.status === 'failed' ? `failed: ${job.error ?? ''}` : 'was cancelled.'}`,
        exitCodes.refused,
      );
    await pause(lookEveryMs, undefined, { signal: terminal.signal });
  }
};
