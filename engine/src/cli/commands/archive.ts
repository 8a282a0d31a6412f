import { definitionCollections, problemSchema } from '@ripen/shared';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client, ServerProblem } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { say } from '../terminal.ts';

const kinds = Object.entries(definitionCollections).filter(([, kind]) => kind !== 'automation');

export const archiveCommand: Command = {
  name: 'archive',
  summary: 'Takes a definition out of force: a score model, a model for accounts, a segment.',
  usage: '<kind> <id>',
  details: `
Kinds: ${kinds.map(([, kind]) => kind).join(', ')}. Its versions stay readable. What others in force need is not
archived; the server names them. For automations see \`ripen automations\`, which asks what becomes of those inside.

Exit codes: 0 archived, 1 not archived, 2 usage, 3 server.`,
  options: connectionOptions,
  run: async (args, terminal) => {
    const [kind, id, ...more] = args.positionals;
    const collection = kinds.find(([, each]) => each === kind)?.[0];
    if (collection === undefined || id === undefined || more.length > 0)
      throw new CliError(`Name a kind and an id. Kinds: ${kinds.map(([, each]) => each).join(', ')}.`);
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const path = `/api/${collection}/${encodeURIComponent(id)}/archive`;
    try {
      await client.call({ method: 'POST', path, auth: 'api', repeatable: true });
    } catch (error) {
      const problem = error instanceof ServerProblem ? problemSchema.safeParse(error.response.body) : null;
      const reasons = problem?.data?.errors ?? [];
      if (reasons.length === 0) throw error;
      for (const { message } of reasons) await say(terminal, message);
      throw new CliError('It stays in force.', exitCodes.refused);
    }
    await say(terminal, `The ${kind?.replaceAll('_', ' ')} ${id} is archived.`);
    return exitCodes.ok;
  },
};
