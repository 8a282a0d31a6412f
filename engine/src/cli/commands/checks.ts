import { definitionSummarySchema, modelChecksSchema } from '@ripen/shared';
import { z } from 'zod';
import { get } from '../api.ts';
import { exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { say, writeTo } from '../terminal.ts';

export const checksCommand: Command = {
  name: 'checks',
  summary: 'Says what events, contacts and accounts say against the score models in force.',
  usage: '',
  details: `
Rules that gave nothing in 90 days or fit nobody, fields that nobody has, thresholds and bands that nobody reaches. What is
doubtful in the documents themselves \`ripen validate\` says.

Exit codes: 0 nothing found, 1 something found, 2 usage, 3 server.`,
  options: connectionOptions,
  run: async (args, terminal) => {
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    let found = 0;
    for (const collection of ['models', 'account-models']) {
      const { items } = await get(client, z.object({ items: z.array(definitionSummarySchema) }), `/api/${collection}`);
      for (const { id } of items.filter(({ status }) => status === 'live')) {
        const checks = await get(client, modelChecksSchema, `/api/${collection}/${encodeURIComponent(id)}/checks`);
        for (const { message } of checks.items) await writeTo(terminal.stdout, `${id}: ${message}\n`);
        found += checks.items.length;
      }
    }
    if (found === 0) await say(terminal, 'Nothing is said against the score models in force.');
    return found === 0 ? exitCodes.ok : exitCodes.refused;
  },
};
