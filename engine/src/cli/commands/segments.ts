import { definitionSummarySchema, segmentCountsSchema } from '@ripen/shared';
import { z } from 'zod';
import { get } from '../api.ts';
import { exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { counted } from '../progress.ts';
import { writeTo } from '../terminal.ts';

export const segmentsCommand: Command = {
  name: 'segments',
  summary: 'Lists the segments in force with how many contacts are in each.',
  usage: '',
  details: `
\`ripen export --segment <id>\` writes who they are. Segments are definitions: \`ripen apply\` publishes them.

Exit codes: 0 listed, 2 usage, 3 server.`,
  options: connectionOptions,
  run: async (args, terminal) => {
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const { items } = await get(client, z.object({ items: z.array(definitionSummarySchema) }), '/api/segments');
    const counts = await get(client, segmentCountsSchema, '/api/segment-counts');
    for (const { id, name } of items.filter(({ status }) => status === 'live')) {
      const total = counts.items.find(({ segment }) => segment === id);
      const members = total ? `${total.exact ? '' : 'about '}${counted(total.count, 'contact')}` : 'not counted';
      await writeTo(terminal.stdout, `${id}  ${name}  ${members}\n`);
    }
    return exitCodes.ok;
  },
};
