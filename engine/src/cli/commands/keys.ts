import { apiKeySchema, newApiKeySchema, permissions } from '@ripen/shared';
import { z } from 'zod';
import { read } from '../api.ts';
import { CliError, exitCodes, type ExitCode } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Arguments, Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { say, writeTo, type Terminal } from '../terminal.ts';

export const keysCommand: Command = {
  name: 'keys',
  summary: 'Lists, makes and revokes keys.',
  usage: 'list | create <name> (--write | --permission <permission>...) | revoke <id>',
  details: `
Write keys only send events; API keys hold the permissions named. A key is shown once, when it is made.
Permissions: ${permissions.join(', ')}.`,
  options: {
    write: { type: 'boolean', help: 'Make a write key' },
    permission: {
      type: 'string',
      multiple: true,
      value: '<permission>',
      help: 'Make an API key with this; again for more',
    },
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const [action, subject] = args.positionals;
    switch (action) {
      case 'list':
        return list(client, terminal);
      case 'create':
        return create(client, args, subject, terminal);
      case 'revoke': {
        if (subject === undefined)
          throw new CliError('Name the key to revoke by its id; `ripen keys list` shows them.');
        await client.call({
          method: 'DELETE',
          path: `/api/keys/${encodeURIComponent(subject)}`,
          auth: 'api',
          repeatable: true,
        });
        await say(terminal, `The key ${subject} is revoked.`);
        return exitCodes.ok;
      }
      default:
        throw new CliError(
          `keys takes list, create or revoke${action === undefined ? '' : `, not "${action}"`}. See: ripen keys --help`,
        );
    }
  },
};

const list = async (client: Client, terminal: Terminal): Promise<ExitCode> => {
  const { body } = await client.call({ method: 'GET', path: '/api/keys', auth: 'api', repeatable: true });
  for (const key of read(z.object({ items: z.array(apiKeySchema) }), body).items) {
    await writeTo(
      terminal.stdout,
      `${key.id}  ${key.kind.padEnd(5)}  ${key.revokedAt === null ? 'live   ' : 'revoked'}  ${key.name}  ${key.permissions.join(',')}\n`,
    );
  }
  return exitCodes.ok;
};

const create = async (
  client: Client,
  args: Arguments,
  name: string | undefined,
  terminal: Terminal,
): Promise<ExitCode> => {
  if (name === undefined) throw new CliError('Give the key a name: ripen keys create "Website" --write');
  const wanted = args.texts('permission');
  if (args.flag('write') === wanted.length > 0)
    throw new CliError('A key is made either with --write or with --permission.');
  const spec = args.flag('write') ? { kind: 'write', name } : { kind: 'api', name, permissions: wanted };
  const { body } = await client.call({ method: 'POST', path: '/api/keys', body: spec, auth: 'api', repeatable: false });
  const made = read(newApiKeySchema, body);
  await writeTo(terminal.stdout, `${made.key}\n`);
  await say(terminal, `Key ${made.id} is made. It is not shown again.`);
  return exitCodes.ok;
};
