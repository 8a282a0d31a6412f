import { startedJobSchema, voidPreviewSchema, type VoidFilter } from '@ripen/shared';
import { read } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Arguments, Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { followJob } from '../follow-job.ts';
import { counted, grouped } from '../progress.ts';
import { say } from '../terminal.ts';

const many = (value: string, help: string) => ({ type: 'string' as const, multiple: true, value, help });

export const voidCommand: Command = {
  name: 'void',
  summary: 'Undoes points by filter: of a bot, a faulty rule, a test.',
  usage: '[filters] [--reason <text> --yes]',
  details: `
Without --yes it only says what would be undone. What is undone fits every filter that is given. The server does it by a
job of its own: ending this command does not end it.

Exit codes: 0 done, 1 not done, 2 usage, 3 server.`,
  options: {
    event: many('<type>', 'Earned by events of this type; again for more'),
    model: many('<id>', 'In this score model'),
    cause: many('<cause>', 'Given by rule:<id>, node:<automation>/<node> or person:<name>'),
    contact: many('<id>', 'Of this contact'),
    message: many('<id>', 'Earned by this message'),
    from: { type: 'string', value: '<moment>', help: 'Earned from then on, as ISO 8601' },
    to: { type: 'string', value: '<moment>', help: 'Earned before then' },
    reason: { type: 'string', value: '<text>', help: 'Why; people see it' },
    yes: { type: 'boolean', help: 'Do it' },
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const filter = filterOf(args);
    const reason = args.text('reason');
    if (Object.keys(filter).length === 0)
      throw new CliError('Say which points are to be undone. See: ripen void --help');
    if (args.flag('yes') && reason === undefined) throw new CliError('Give a --reason; people see it.');
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const post = async (path: string, body: object, repeatable: boolean): Promise<unknown> =>
      (await client.call({ method: 'POST', path, body, auth: 'api', repeatable })).body;
    const preview = read(voidPreviewSchema, await post('/api/voids/preview', { filter }, true));
    const what = `${preview.entries === 1 ? '1 entry' : `${grouped(preview.entries)} entries`} of ${counted(preview.contacts, 'contact')}, worth ${preview.points} points when earned`;
    if (!args.flag('yes')) {
      await say(terminal, `${what}. Nothing is undone yet: add --reason and --yes.`);
      return exitCodes.ok;
    }
    const { jobId } = read(startedJobSchema, await post('/api/voids', { filter, reason }, false));
    await followJob(client, jobId, terminal);
    await say(terminal, `Undone: ${what}.`);
    return exitCodes.ok;
  },
};

const filterOf = (args: Arguments): VoidFilter => {
  const lists = { eventTypes: 'event', models: 'model', causes: 'cause', contacts: 'contact', messages: 'message' };
  const filter: Record<string, string[] | string> = {};
  for (const [name, option] of Object.entries(lists))
    if (args.texts(option).length > 0) filter[name] = args.texts(option);
  for (const name of ['from', 'to']) {
    const text = args.text(name);
    if (text === undefined) continue;
    const at = Date.parse(text);
    if (Number.isNaN(at)) throw new CliError(`--${name} takes a moment like 2026-01-31T12:00:00Z, not "${text}".`);
    filter[name] = new Date(at).toISOString();
  }
  return filter;
};
