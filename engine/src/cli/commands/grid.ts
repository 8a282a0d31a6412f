import { gridSchema, type Grid } from '@ripen/shared';
import { get } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { jsonOption, jsonText, ofContacts, table } from '../figures.ts';
import { grouped } from '../progress.ts';
import { writeTo } from '../terminal.ts';

export const gridCommand: Command = {
  name: 'grid',
  summary: 'Says how many contacts are in which bands of two score models: fit and intent, say.',
  usage: '<model> <other model>',
  details: `
Bands of the first down, of the other across, the highest first. Both are in force and have bands; who is outside either
audience is in no cell. Exact up to 20,000 contacts, from a sample beyond; at most ten seconds old.

Exit codes: 0 said, 2 usage, 3 server.`,
  options: { ...jsonOption, ...connectionOptions },
  run: async (args, terminal) => {
    const [model, other, ...more] = args.positionals;
    if (model === undefined || other === undefined || more.length > 0)
      throw new CliError('Name two score models by their ids. See: ripen grid --help');
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const path = `/api/models/${encodeURIComponent(model)}/grid?with=${encodeURIComponent(other)}`;
    const found = await get(client, gridSchema, path);
    await writeTo(terminal.stdout, args.flag('json') ? jsonText(found) : wordsOf(found));
    return exitCodes.ok;
  },
};

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

const wordsOf = (found: Grid): string => {
  const { model, with: other, rows, columns, counts } = found;
  const line = (name: string, cells: readonly number[]): string[] => [name, ...[...cells, sum(cells)].map(grouped)];
  return [
    `${model} (down) and ${other} (across) of ${ofContacts(found)}`,
    '',
    ...table([
      ['', ...columns.map(({ name }) => name), 'all'],
      ...rows.map(({ name }, row) => line(name, counts[row] ?? [])),
      line(
        'all',
        columns.map((_, column) => sum(counts.map((cells) => cells[column] ?? 0))),
      ),
    ]),
    '',
  ].join('\n');
};
