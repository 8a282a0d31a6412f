import { catalogueSchema, usesSchema } from '@ripen/shared';
import { get } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { counted } from '../progress.ts';
import { writeTo } from '../terminal.ts';

export const catalogueCommand: Command = {
  name: 'catalogue',
  summary: 'Lists fields, event types and labels: what they hold, when they came last, where they are used.',
  usage: '[<kind> <name>]',
  details: `
With a kind (field, event_type, label, segment) and a name it says where that is used. What nobody described is listed as it
arrived; \`field\` and \`event_type\` documents describe it.

Exit codes: 0 listed, 2 usage, 3 server.`,
  options: connectionOptions,
  run: async (args, terminal) => {
    const [kind, name, ...more] = args.positionals;
    if (more.length > 0 || (kind !== undefined && name === undefined))
      throw new CliError('Name a kind (field, event_type, label, segment) and what it is called, or nothing.');
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const lines =
      kind === undefined || name === undefined ? await everything(client) : await usesOf(client, kind, name);
    await writeTo(terminal.stdout, lines.map((line) => `${line}\n`).join(''));
    return exitCodes.ok;
  },
};

const everything = async (client: Client): Promise<string[]> => {
  const { fields, eventTypes, labels } = await get(client, catalogueSchema, '/api/catalogue');
  return [
    ...fields.map(({ path, kind, deleted, ...rest }) => line('field', path, deleted ? 'deleted' : kind, rest)),
    ...eventTypes.map(({ id, activity, ...rest }) =>
      line('event_type', id, activity ? 'activity' : 'no activity', rest),
    ),
    ...labels.map(({ label, ...rest }) => line('label', label, '', rest)),
  ];
};

const line = (
  kind: string,
  name: string,
  what: string,
  { uses, lastSeenAt }: { uses: number; lastSeenAt: string | null },
): string =>
  [kind, name, what, uses === 0 ? 'not used' : `used in ${counted(uses, 'place')}`, `last ${lastSeenAt ?? 'never'}`]
    .filter((part) => part !== '')
    .join('  ');

const usesOf = async (client: Client, kind: string, name: string): Promise<string[]> => {
  const query = `kind=${encodeURIComponent(kind)}&name=${encodeURIComponent(name)}`;
  const { items } = await get(client, usesSchema, `/api/catalogue/uses?${query}`);
  return items.length === 0
    ? ['Nothing in force uses it.']
    : items.map((use) => `${use.kind} ${use.id}  ${use.name}${use.part === null ? '' : `  ${use.part}`}`);
};
