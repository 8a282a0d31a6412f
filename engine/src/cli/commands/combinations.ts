import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { canonicalText, combinationsSchema, definitionSchema, type Combinations } from '@ripen/shared';
import { get } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { jsonOption, jsonText, ofContacts, table } from '../figures.ts';
import { counted, grouped } from '../progress.ts';
import { say, writeTo } from '../terminal.ts';

export const combinationsCommand: Command = {
  name: 'combinations',
  summary: 'Says which rules of a score model hold together for how many contacts, where points are powers of two.',
  usage: '<model> [--write <dir>]',
  details: `
Every combination has a segment of its own: --write makes files of those that are not in force yet, for \`ripen apply\`.

Exit codes: 0 said, 1 the scores of this model do not tell, 2 usage, 3 server.`,
  options: {
    write: { type: 'string', value: '<dir>', help: 'Write the segments that are missing into this directory' },
    ...jsonOption,
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const [model, ...more] = args.positionals;
    if (model === undefined || more.length > 0)
      throw new CliError('Name one score model by its id. See: ripen combinations --help');
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    const found = await get(client, combinationsSchema, `/api/models/${encodeURIComponent(model)}/combinations`);
    if (args.flag('json')) await writeTo(terminal.stdout, jsonText(found));
    if (found.why !== null) throw new CliError(found.why, exitCodes.refused);
    if (!args.flag('json')) await writeTo(terminal.stdout, wordsOf(found));
    const dir = args.text('write');
    if (dir !== undefined) {
      const written = await writeSegments(found, resolve(terminal.cwd, dir));
      await say(terminal, `${counted(written, 'segment')} written to ${dir}. \`ripen apply ${dir}\` publishes them.`);
    }
    return exitCodes.ok;
  },
};

const wordsOf = (found: Combinations): string =>
  [
    `${found.model} of ${ofContacts(found)}`,
    ...table([
      ['rules', 'score', 'contacts', 'segment'],
      ...found.items.map(({ rules, score, count, segment }) => [
        rules.length === 0 ? 'none' : rules.map(({ name }) => name).join(', '),
        String(score),
        grouped(count),
        segment ?? '-',
      ]),
    ]),
    '',
  ].join('\n');

const writeSegments = async ({ items }: Combinations, dir: string): Promise<number> => {
  const missing = items
    .filter(({ segment }) => segment === null)
    .map(({ document }) => definitionSchema.parse(document));
  await mkdir(dir, { recursive: true });
  for (const segment of missing)
    if (segment.kind === 'segment') await writeFile(join(dir, `${segment.id}.segment.json`), canonicalText(segment));
  return missing.length;
};
