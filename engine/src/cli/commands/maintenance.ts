import {
  maintenanceListSchema,
  maintenanceProgramSchema,
  maintenanceRunSchema,
  pageOf,
  scheduleInWords,
  startedJobSchema,
} from '@ripen/shared';
import { read } from '../api.ts';
import { CliError, exitCodes, type ExitCode } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { followJob } from '../follow-job.ts';
import { counted, grouped } from '../progress.ts';
import { say, writeTo, type Terminal } from '../terminal.ts';

export const maintenanceCommand: Command = {
  name: 'maintenance',
  summary: 'Lists maintenance programs, and runs one now.',
  usage: 'list | run <id>',
  details: `
Programs are definitions: \`ripen apply\` publishes them. A run is a job of the server: ending this command does not end it.

Exit codes: 0 done, 1 not done, 2 usage, 3 server.`,
  options: { ...connectionOptions },
  run: async (args, terminal) => {
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const [action, program] = args.positionals;
    switch (action) {
      case 'list':
        return list(client, terminal);
      case 'run':
        if (program === undefined)
          throw new CliError('Name the program by its id; `ripen maintenance list` shows them.');
        return run(client, program, terminal);
      default:
        throw new CliError(
          `maintenance takes list or run${action === undefined ? '' : `, not "${action}"`}. See: ripen maintenance --help`,
        );
    }
  },
};

const list = async (client: Client, terminal: Terminal): Promise<ExitCode> => {
  const { body } = await client.call({ method: 'GET', path: '/api/maintenance', auth: 'api', repeatable: true });
  for (const { id, name, document, nextAt, lastRun } of read(maintenanceListSchema, body).items) {
    const { when } = maintenanceProgramSchema.parse(document);
    const how = when ? scheduleInWords(when) : 'by hand only';
    const last = lastRun ? `last ${lastRun.status} ${lastRun.createdAt}` : 'never run';
    await writeTo(
      terminal.stdout,
      `${id}  ${name}  ${how}${nextAt === null ? '' : `, next ${nextAt}`}${when && nextAt === null ? ', switched off' : ''}  ${last}\n`,
    );
  }
  return exitCodes.ok;
};

const run = async (client: Client, program: string, terminal: Terminal): Promise<ExitCode> => {
  const path = `/api/maintenance-programs/${encodeURIComponent(program)}/runs`;
  const started = await client.call({ method: 'POST', path, auth: 'api', repeatable: false });
  const { jobId } = read(startedJobSchema, started.body);
  await followJob(client, jobId, terminal);
  const { body } = await client.call({ method: 'GET', path: `${path}?limit=5`, auth: 'api', repeatable: true });
  const done = read(pageOf(maintenanceRunSchema), body).items.find(({ id }) => id === jobId);
  if (done) {
    const held = done.held === 0 ? '' : ` ${counted(done.held, 'contact')} being loaded left for the next run.`;
    await say(terminal, `${grouped(done.changed)} of ${counted(done.members, 'contact')} changed.${held}`);
  }
  return exitCodes.ok;
};
