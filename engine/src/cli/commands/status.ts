import { statusSchema } from '@ripen/shared';
import { read } from '../api.ts';
import { exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { grouped } from '../progress.ts';
import { writeTo } from '../terminal.ts';

export const statusCommand: Command = {
  name: 'status',
  summary: 'Says how the server is: what waits, what failed, how old it is.',
  usage: '',
  details: 'Exit codes: 0 well, 1 degraded, 3 not reachable.',
  options: { json: { type: 'boolean', help: 'As JSON' }, ...connectionOptions },
  run: async (args, terminal) => {
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal, attempts: 2 });
    const { body } = await client.call({ method: 'GET', path: '/api/status', auth: 'api', repeatable: true });
    const status = read(statusSchema, body);
    if (args.flag('json')) await writeTo(terminal.stdout, `${JSON.stringify(status, null, 2)}\n`);
    else {
      const applied = status.lanes.reduce((sum, lane) => sum + lane.applied, 0);
      const rows: [string, string][] = [
        ['server', client.url],
        ['status', status.status],
        ['definitions', `revision ${status.revision}`],
        ['events applied', grouped(applied)],
        ['waiting to be applied', `${grouped(status.inbox.waiting)}${since(status.inbox.oldestAt)}`],
        ['takes events in', status.inbox.accepting ? 'yes' : 'not now'],
        ['outbox', `${grouped(status.outbox.waiting)}${since(status.outbox.oldestAt)}`],
        ['dead letters', grouped(status.deadLetters)],
        ['failed deliveries', grouped(status.failedDeliveries)],
        ['Temporal', status.temporal === null ? 'not known' : status.temporal ? 'reachable' : 'not reachable'],
      ];
      await writeTo(terminal.stdout, rows.map(([name, value]) => `${name.padEnd(22)} ${value}\n`).join(''));
    }
    return status.status === 'ok' ? exitCodes.ok : exitCodes.refused;
  },
};

const since = (oldestAt: string | null): string => (oldestAt === null ? '' : `, the oldest since ${oldestAt}`);
