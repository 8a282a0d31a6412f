import { setTimeout as pause } from 'node:timers/promises';
import { jobSchema, sampleContacts, sampleStateSchema } from '@ripen/shared';
import { read } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { grouped, Progress } from '../progress.ts';
import { say } from '../terminal.ts';

const lookEveryMs = 500;

export const sampleCommand: Command = {
  name: 'sample',
  summary: 'Loads the sample workspace: made-up contacts, six months of events, automations, leads.',
  usage: '',
  details: `
Only into a workspace without contacts. The server loads it by a job of its own: ending this command does not end the load,
--cancel does, and leaves what was loaded.

Exit codes: 0 loaded, 1 not loaded, 2 usage, 3 server.`,
  options: {
    contacts: { type: 'string', value: '<number>', help: `How many contacts; ${grouped(sampleContacts)} unless given` },
    cancel: { type: 'boolean', help: 'Stop a load that is under way' },
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    if (args.flag('cancel')) {
      await client.call({ method: 'POST', path: '/api/sample/cancel', body: {}, auth: 'api', repeatable: true });
      await say(terminal, 'The load is being stopped; what was loaded stays.');
      return exitCodes.ok;
    }
    const contacts = args.whole('contacts', { least: 50, most: sampleContacts }) ?? sampleContacts;
    const startedAt = performance.now();
    const started = await client.call({
      method: 'POST',
      path: '/api/sample',
      body: { contacts },
      auth: 'api',
      repeatable: false,
    });
    let job = read(jobSchema, started.body);
    const progress = new Progress(terminal.stderr);
    while (job.status === 'running') {
      await pause(lookEveryMs, undefined, { signal: terminal.signal });
      const { body } = await client.call({ method: 'GET', path: '/api/sample', auth: 'api', repeatable: true });
      job = read(sampleStateSchema, body).job ?? job;
      progress.update('Events', job.done, job.total ?? undefined);
    }
    progress.finish();
    if (job.status !== 'completed')
      throw new CliError(
        `The load ${job.status === 'failed' ? `failed: ${job.error ?? ''}` : 'was cancelled.'}`,
        exitCodes.refused,
      );
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
    await say(
      terminal,
      `The sample workspace is there: ${grouped(job.done)} events of ${grouped(contacts)} contacts, in ${seconds} s.`,
    );
    return exitCodes.ok;
  },
};
