import { distributionSchema, type Distribution } from '@ripen/shared';
import { get } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { jsonOption, jsonText, ofContacts, points, shareOf, table } from '../figures.ts';
import { grouped } from '../progress.ts';
import { writeTo } from '../terminal.ts';

export const distributionCommand: Command = {
  name: 'distribution',
  summary: 'Says how many contacts have which score, by score, band and stage.',
  usage: '<model>',
  details: `
Of a score model in force. Exact up to 20,000 contacts, from a sample beyond; at most ten seconds old.

Exit codes: 0 said, 2 usage, 3 server.`,
  options: {
    buckets: { type: 'string', value: '<n>', help: 'How many parts the range is cut into, 5 to 200 (default 20)' },
    ...jsonOption,
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const [model, ...more] = args.positionals;
    if (model === undefined || more.length > 0)
      throw new CliError('Name one score model by its id. See: ripen distribution --help');
    const buckets = args.whole('buckets', { least: 5, most: 200 }) ?? 20;
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const path = `/api/models/${encodeURIComponent(model)}/distribution?buckets=${buckets}`;
    const found = await get(client, distributionSchema, path);
    await writeTo(terminal.stdout, args.flag('json') ? jsonText(found) : wordsOf(found));
    return exitCodes.ok;
  },
};

const wordsOf = (found: Distribution): string => {
  const { buckets, bands, stages, notShown, mean, contacts } = found;
  const shown = contacts - notShown;
  const line = (name: string, count: number, all: number): string[] => [name, grouped(count), shareOf(count, all)];
  return [
    `${found.name} (${found.model}) of ${ofContacts(found)}${mean === null ? '' : `: ${points(mean)} on average`}`,
    ...(notShown === 0 ? [] : [`${grouped(notShown)} outside its audience`]),
    '',
    'By score',
    ...table(buckets.map(({ from, to, count }) => line(`${points(from)} to ${points(to)}`, count, shown))),
    ...(bands.length > 1 ? ['', 'By band', ...table(bands.map(({ name, count }) => line(name, count, shown)))] : []),
    ...(stages.length > 1
      ? ['', 'By stage now', ...table(stages.map(({ name, count }) => line(name, count, contacts)))]
      : []),
    '',
  ].join('\n');
};
