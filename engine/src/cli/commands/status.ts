import { publicStatusSchema, statusSchema } from '@ripen/shared';
import type { z } from 'zod';
import { read } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { jsonOption, jsonText } from '../figures.ts';
import { grouped } from '../progress.ts';
import { writeTo } from '../terminal.ts';

export const statusCommand: Command = {
  name: 'status',
  summary: 'Says how the server is: what waits, what failed, how old it is.',
  usage: '',
  details: 'Exit codes: 0 well, 1 degraded, 3 not reachable, or figures not shown to this key.',
  options: { ...jsonOption, ...connectionOptions },
  run: async (args, terminal) => {
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal, attempts: 2 });
    const { body } = await client.call({ method: 'GET', path: '/api/status', auth: 'api', repeatable: true });
    const full = statusSchema.safeParse(body);
    const status = full.success ? full.data : read(publicStatusSchema, body);
    const rows: [string, string][] = [
      ['server', `${client.url}, version ${status.version}`],
      ['status', status.status],
      ['Postgres', status.postgres],
      ['Temporal', status.temporal],
      ...(full.success ? figures(full.data) : []),
    ];
    const text = args.flag('json')
      ? jsonText(status)
      : rows.map(([name, value]) => `${name.padEnd(22)} ${value}\n`).join('');
    await writeTo(terminal.stdout, text);
    if (!full.success) {
      throw new CliError(
        'The server shows no figures: it does not accept the key, or the key is not permitted operations:read.',
        exitCodes.server,
      );
    }
    return status.status === 'ok' ? exitCodes.ok : exitCodes.refused;
  },
};

const figures = (status: z.output<typeof statusSchema>): [string, string][] => [
  ['definitions', `revision ${status.revision}`],
  ['events applied', grouped(status.lanes.reduce((sum, lane) => sum + lane.applied, 0))],
  ['waiting to be applied', `${grouped(status.inbox.waiting)}${since(status.inbox.oldestAt)}`],
  ['takes events in', status.inbox.accepting ? 'yes' : 'not now'],
  ['outbox', `${grouped(status.outbox.waiting)}${since(status.outbox.oldestAt)}${outboxStates[status.outbox.state]}`],
  ['dead letters', grouped(status.deadLetters)],
  ['failed deliveries', grouped(status.failedDeliveries)],
  ...Object.entries(status.counts).map(([name, count]): [string, string] => [name, grouped(count)]),
];

const outboxStates = { ok: '', behind: '; more than Temporal starts', stalled: '; nothing is carried out' } as const;

const since = (oldestAt: string | null): string => (oldestAt === null ? '' : `, the oldest since ${oldestAt}`);
