import { startedJobSchema } from '@ripen/shared';
import { read } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { followJob } from '../follow-job.ts';
import { say } from '../terminal.ts';

export const rebuildCommand: Command = {
  name: 'rebuild',
  summary: 'Rebuilds every score from history, under the models and stages of now.',
  usage: '--yes',
  details: `
A job of the server writes a new generation of every ledger. Scores stay readable meanwhile; nobody is told anything, leads stay.
\`ripen impact\` says before what it would change. Ending this command does not end the job.

Exit codes: 0 done, 1 not done, 2 usage, 3 server.`,
  options: { yes: { type: 'boolean', help: 'Do it' }, ...connectionOptions },
  run: async (args, terminal) => {
    if (!args.flag('yes')) throw new CliError('This writes every score anew. Add --yes to do it.');
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const { body } = await client.call({ method: 'POST', path: '/api/rebuilds', auth: 'api', repeatable: false });
    const done = await followJob(client, read(startedJobSchema, body).jobId, terminal);
    await say(terminal, `${done} rebuilt.`);
    return exitCodes.ok;
  },
};
