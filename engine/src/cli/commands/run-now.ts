import {
  automationScheduleSchema,
  automationSummarySchema,
  pageOf,
  roundSchema,
  startedJobSchema,
} from '@ripen/shared';
import { z } from 'zod';
import { read } from '../api.ts';
import { exitCodes, type ExitCode } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { followJob } from '../follow-job.ts';
import { counted, grouped } from '../progress.ts';
import { say, writeTo, type Terminal } from '../terminal.ts';

export const runNowCommand: Command = {
  name: 'run-now',
  summary: 'Lets contacts enter a scheduled automation now, or lists what runs when.',
  usage: '[<automation>]',
  details: `
Without an automation: those that the clock starts, with their next moments. With one: everybody whom its schedules
are about is told to enter, as a job of the server; ending this command does not end it.

Exit codes: 0 done, 1 not done, 2 usage, 3 server.`,
  options: { ...connectionOptions },
  run: async (args, terminal) => {
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const [automation] = args.positionals;
    return automation === undefined ? list(client, terminal) : run(client, automation, terminal);
  },
};

const pathOf = (automation: string): string => `/api/automations/${encodeURIComponent(automation)}`;

const list = async (client: Client, terminal: Terminal): Promise<ExitCode> => {
  const all = await client.call({ method: 'GET', path: '/api/automations', auth: 'api', repeatable: true });
  const { items } = read(z.object({ items: z.array(automationSummarySchema) }), all.body);
  let scheduled = 0;
  for (const { id, name, status } of items) {
    if (status !== 'live') continue;
    const { body } = await client.call({
      method: 'GET',
      path: `${pathOf(id)}/schedule`,
      auth: 'api',
      repeatable: true,
    });
    for (const { words, next, problem } of read(automationScheduleSchema, body).schedules) {
      scheduled++;
      const when = problem ?? (next[0] === undefined ? 'not again' : `next ${next[0]}`);
      await writeTo(terminal.stdout, `${id}  ${name}  ${words}  ${when}\n`);
    }
  }
  if (scheduled === 0) await say(terminal, 'No live automation is started by a schedule.');
  return exitCodes.ok;
};

const run = async (client: Client, automation: string, terminal: Terminal): Promise<ExitCode> => {
  const path = `${pathOf(automation)}/rounds`;
  const started = await client.call({ method: 'POST', path, auth: 'api', repeatable: false });
  const { jobId } = read(startedJobSchema, started.body);
  await followJob(client, jobId, terminal);
  const { body } = await client.call({ method: 'GET', path: `${path}?limit=5`, auth: 'api', repeatable: true });
  const done = read(pageOf(roundSchema), body).items.find(({ id }) => id === jobId);
  if (done) {
    const held = done.held === 0 ? '' : ` ${counted(done.held, 'contact')} being loaded left for the next time.`;
    await say(terminal, `${grouped(done.told)} of ${counted(done.members, 'contact')} told to enter.${held}`);
  }
  return exitCodes.ok;
};
