import { jobSchema, noContentSchema, pageOf } from '@ripen/shared';
import { get, read } from '../api.ts';
import { CliError, exitCodes, type ExitCode } from '../cli-error.ts';
import { Client, ServerProblem } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { jsonOption, jsonText } from '../figures.ts';
import { followJob } from '../follow-job.ts';
import { grouped } from '../progress.ts';
import { say, writeTo, type Terminal } from '../terminal.ts';

export const jobsCommand: Command = {
  name: 'jobs',
  summary: 'Lists long work of the server; stops some, and lets it go on.',
  usage: 'list | cancel <id> | resume <id>',
  details: `
  cancel  stops a rebuild, an impact, a back-test, an undoing of points, a maintenance run: what is done stays done
  resume  lets what was stopped or failed go on where it was, and waits for its end

Exit codes: 0 done, 1 not done, 2 usage, 3 server.`,
  options: { ...jsonOption, ...connectionOptions },
  run: async (args, terminal) => {
    const [action, id, ...more] = args.positionals;
    if (action !== 'list' && action !== 'cancel' && action !== 'resume')
      throw new CliError(
        `jobs takes list, cancel <id> or resume <id>${action === undefined ? '' : `, not "${action}"`}. See: ripen jobs --help`,
      );
    if (action !== 'list' && (id === undefined || more.length > 0))
      throw new CliError('Name one job by its id; `ripen jobs list` shows them.');
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    switch (action) {
      case 'list':
        return list(client, args.flag('json'), terminal);
      case 'cancel':
        return cancel(client, id ?? '', terminal);
      case 'resume':
        return resume(client, id ?? '', terminal);
    }
  },
};

const list = async (client: Client, json: boolean, terminal: Terminal): Promise<ExitCode> => {
  const { items } = await get(client, pageOf(jobSchema), '/api/jobs?limit=50');
  const lines = items.map(({ id, kind, status, done, total, createdAt, error }) =>
    [
      id,
      kind,
      error === null ? status : `${status}: ${error}`,
      `${grouped(done)}${total === null ? '' : ` of ${grouped(total)}`}`,
      createdAt,
    ].join('  '),
  );
  await writeTo(terminal.stdout, json ? jsonText(items) : lines.map((line) => `${line}\n`).join(''));
  return exitCodes.ok;
};

/** What a job is in no state for is no fault of the server. */
const act = async (client: Client, id: string, what: 'cancel' | 'resume'): Promise<unknown> => {
  const path = `/api/jobs/${encodeURIComponent(id)}/${what}`;
  try {
    return (await client.call({ method: 'POST', path, auth: 'api', repeatable: false })).body;
  } catch (error) {
    if (error instanceof ServerProblem && error.response.status === 409)
      throw new CliError(error.message, exitCodes.refused);
    throw error;
  }
};

const cancel = async (client: Client, id: string, terminal: Terminal): Promise<ExitCode> => {
  read(noContentSchema, await act(client, id, 'cancel'));
  await say(terminal, `The job is being stopped; what is done stays done. \`ripen jobs resume ${id}\` lets it go on.`);
  return exitCodes.ok;
};

const resume = async (client: Client, id: string, terminal: Terminal): Promise<ExitCode> => {
  read(jobSchema, await act(client, id, 'resume'));
  await say(terminal, `${await followJob(client, id, terminal)} done.`);
  return exitCodes.ok;
};
