import {
  maintenanceListSchema,
  maintenancePreviewSchema,
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
import { placesOption, readCleanDefinitions } from '../definitions/check.ts';
import type { ReadDefinition } from '../definitions/read.ts';
import { sendDocuments } from '../definitions/refused.ts';
import { totalWords } from '../figures.ts';
import { followJob } from '../follow-job.ts';
import { counted, grouped } from '../progress.ts';
import { say, writeTo, type Terminal } from '../terminal.ts';

export const maintenanceCommand: Command = {
  name: 'maintenance',
  summary: 'Lists maintenance programs, runs one now, and says before it is applied what one would do.',
  usage: 'list | run <id> | preview <dir or file>...',
  details: `
Programs are definitions: \`ripen apply\` publishes them. A run is a job of the server: ending this command does not end it.

Exit codes: 0 done, 1 not done, 2 usage, 3 server.`,
  options: { ...placesOption, ...connectionOptions },
  run: async (args, terminal) => {
    const connection = await connectionOf(args, terminal);
    const client = new Client(connection, { signal: terminal.signal });
    const [action, program] = args.positionals;
    switch (action) {
      case 'list':
        return list(client, terminal);
      case 'run':
        if (program === undefined)
          throw new CliError('Name the program by its id; `ripen maintenance list` shows them.');
        return run(client, program, terminal);
      case 'preview': {
        if (program === undefined) throw new CliError('Name the files or directories of the programs.');
        const places = { ...terminal, env: { ...terminal.env, RIPEN_URL: connection.url } };
        return preview(client, await readCleanDefinitions(args.positionals.slice(1), args, places), terminal);
      }
      default:
        throw new CliError(
          `maintenance takes list, run or preview${action === undefined ? '' : `, not "${action}"`}. See: ripen maintenance --help`,
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

const preview = async (client: Client, documents: readonly ReadDefinition[], terminal: Terminal): Promise<ExitCode> => {
  let programs = 0;
  for (const document of documents) {
    const { definition } = document;
    if (definition.kind !== 'maintenance_program') continue;
    programs++;
    const { id, name, who, actions } = definition;
    const request = { path: '/api/maintenance/preview', body: { who, actions }, repeatable: true };
    const answer = await sendDocuments(client, request, { documents: [document], sole: true, terminal });
    const { members, changing } = read(maintenancePreviewSchema, answer);
    await writeTo(
      terminal.stdout,
      `${id}  ${name}  is about ${totalWords(members)}, would change ${totalWords(changing)}\n`,
    );
  }
  if (programs > 0) return exitCodes.ok;
  throw new CliError('There is no program in what you named. Their documents have "kind": "maintenance_program".');
};
