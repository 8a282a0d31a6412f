import { templateSchema } from '@ripen/shared';
import { z } from 'zod';
import { read } from '../api.ts';
import { exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { documentName } from '../definitions/read.ts';
import { writeTo } from '../terminal.ts';

export const templatesCommand: Command = {
  name: 'templates',
  summary: 'Lists the systems to start from: score models with thresholds and automations.',
  usage: '',
  details: `
Publish one with: ripen apply --template <id>

Exit codes: 0 listed, 2 usage, 3 server.`,
  options: connectionOptions,
  run: async (args, terminal) => {
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const { body } = await client.call({ method: 'GET', path: '/api/templates', auth: 'api', repeatable: true });
    for (const { id, title, summary, collisions, applied } of read(z.object({ items: z.array(templateSchema) }), body)
      .items) {
      const state = applied
        ? ' (in force)'
        : collisions.length > 0
          ? `\n  Collides with: ${collisions.map((one) => documentName({ kind: one.kind, id: one.kind === 'lifecycle' ? undefined : one.id })).join(', ')}`
          : '';
      await writeTo(terminal.stdout, `${id}\n  ${title}. ${summary}${state}\n`);
    }
    return exitCodes.ok;
  },
};
