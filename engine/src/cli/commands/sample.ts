import { setTimeout as pause } from 'node:timers/promises';
import { jobSchema, sampleContacts, sampleStateSchema } from '@ripen/shared';
import type { z } from 'zod';
import { read } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client, ServerProblem } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { counted, grouped, Progress } from '../progress.ts';
import { say } from '../terminal.ts';

const lookEveryMs = 500;

export const sampleCommand: Command = {
  name: 'sample',
  summary: 'Loads the sample workspace: made-up contacts, six months of events, automations, leads.',
  usage: '',
  details: `
Only into a workspace without contacts. The server loads it by a job of its own: ending this command does not end the load,
--cancel does. What was loaded stays, and waits: without --cancel the load goes on where it was, with --cancel again the
rest is given up.

Exit codes: 0 loaded, 1 not loaded, 2 usage, 3 server.`,
  options: {
    contacts: { type: 'string', value: '<number>', help: `How many contacts; ${grouped(sampleContacts)} unless given` },
    cancel: { type: 'boolean', help: 'Stop a load that is under way, or give up the rest of one that was stopped' },
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const contacts = args.whole('contacts', { least: 50, most: sampleContacts }) ?? sampleContacts;
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const before = await stateOf(client);
    if (args.flag('cancel')) {
      await ask(client, '/api/sample/cancel', {}, true);
      await say(
        terminal,
        before.unfinished
          ? 'The rest is given up; what was loaded stays.'
          : 'The load is being stopped; what was loaded stays and waits for the rest.',
      );
      return exitCodes.ok;
    }
    const startedAt = performance.now();
    let job = read(jobSchema, await ask(client, '/api/sample', { contacts }, false));
    if (before.unfinished) await say(terminal, `Going on after ${counted(job.done, 'event')}.`);
    const progress = new Progress(terminal.stderr);
    while (job.status === 'running') {
      await pause(lookEveryMs, undefined, { signal: terminal.signal });
      job = (await stateOf(client)).job ?? job;
      progress.update('Events', job.done, job.total ?? undefined);
    }
    progress.finish();
    if (job.status !== 'completed')
      throw new CliError(
        `The load ${job.status === 'failed' ? `failed: ${job.error ?? ''}` : 'was cancelled.'}`,
        exitCodes.refused,
      );
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
    const what = before.unfinished
      ? counted(job.done, 'event')
      : `${counted(job.done, 'event')} of ${counted(contacts, 'contact')}`;
    await say(terminal, `The sample workspace is there: ${what}, in ${seconds} s.`);
    return exitCodes.ok;
  },
};

const stateOf = async (client: Client): Promise<z.output<typeof sampleStateSchema>> => {
  const { body } = await client.call({ method: 'GET', path: '/api/sample', auth: 'api', repeatable: true });
  return read(sampleStateSchema, body);
};

/** What the server answers; that the workspace is in no state for it is no fault of the server. */
const ask = async (client: Client, path: string, body: object, repeatable: boolean): Promise<unknown> => {
  try {
    return (await client.call({ method: 'POST', path, body, auth: 'api', repeatable })).body;
  } catch (error) {
    if (error instanceof ServerProblem && error.response.status === 409)
      throw new CliError(error.message, exitCodes.refused);
    throw error;
  }
};
