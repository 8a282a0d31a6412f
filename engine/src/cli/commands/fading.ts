import {
  dayBelow,
  definitionDetailSchema,
  fading,
  scoreModelSchema,
  type Definition,
  type FadingPoint,
  type ScoreModel,
} from '@ripen/shared';
import { get } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Arguments, Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { placesOption, readCleanDefinitions } from '../definitions/check.ts';
import { jsonOption, jsonText, points as written, table } from '../figures.ts';
import { writeTo, type Terminal } from '../terminal.ts';

const usualPoints = 75;

export const fadingCommand: Command = {
  name: 'fading',
  summary: 'Says what becomes of behaviour points that are earned today, if silence follows.',
  usage: '<model> | --file <file> [--model <id>]',
  details: `
Under a score model as it was published last, or under one in a file, which needs no server: decay, half-life, window and reset,
by the core itself.

Exit codes: 0 said, 1 not valid, 2 usage, 3 server.`,
  options: {
    points: { type: 'string', value: '<n>', help: `How many points are earned, 1 to 1000000 (default ${usualPoints})` },
    days: { type: 'string', value: '<n>', help: 'How far to look, 1 to 3650 (default 365)' },
    file: { type: 'string', value: '<file>', help: 'File or directory with the model' },
    model: { type: 'string', value: '<id>', help: 'Which one of the file, where there are several' },
    ...jsonOption,
    ...placesOption,
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const [id, ...more] = args.positionals;
    const file = args.text('file');
    if (more.length > 0 || (id === undefined) === (file === undefined))
      throw new CliError('Name one score model by its id, or a --file. See: ripen fading --help');
    const points = args.whole('points', { least: 1, most: 1_000_000 }) ?? usualPoints;
    const days = args.whole('days', { least: 1, most: 3_650 }) ?? 365;
    const model = file === undefined ? await published(id ?? '', args, terminal) : await inFile(file, args, terminal);
    const curve = fading(model, points, days) ?? [];
    await writeTo(
      terminal.stdout,
      args.flag('json') ? jsonText({ model: model.id, points, curve }) : wordsOf(model, curve),
    );
    return exitCodes.ok;
  },
};

const published = async (id: string, args: Arguments, terminal: Terminal): Promise<ScoreModel> => {
  const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
  const { document } = await get(client, definitionDetailSchema, `/api/models/${encodeURIComponent(id)}`);
  const parsed = scoreModelSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new CliError(`The score model ${id} was never published; export its draft and name the --file.`);
};

const inFile = async (file: string, args: Arguments, terminal: Terminal): Promise<ScoreModel> => {
  const wanted = args.text('model');
  const models = (await readCleanDefinitions([file], args, terminal))
    .map(({ definition }) => definition)
    .filter((definition: Definition) => definition.kind === 'model');
  const meant = wanted === undefined ? models : models.filter(({ id }) => id === wanted);
  const [model] = meant;
  if (model && meant.length === 1) return model;
  throw new CliError(
    models.length === 0
      ? `There is no score model in ${file}.`
      : `Say which by --model: ${models.map(({ id }) => id).join(', ')}.`,
  );
};

/** The days on which it changes; of what fades all the time, one in so many. */
const mostLines = 14;

const wordsOf = (model: ScoreModel, curve: readonly FadingPoint[]): string => {
  const changes = curve.filter(({ score }, day) => day === 0 || score !== curve[day - 1]?.score);
  const every = Math.ceil(changes.length / mostLines);
  const told = changes.filter((_, index) => index % every === 0);
  const last = curve.at(-1);
  if (last && told.at(-1) !== last) told.push(last);
  const half = dayBelow(curve, 0.5);
  const gone = dayBelow(curve, 0);
  return [
    `${model.name} (${model.id})`,
    ...table(told.map(({ day, score }) => [`day ${day}`, written(score)])),
    changes.length <= 1
      ? 'They stay: nothing fades.'
      : `Half are gone ${half === null ? 'never' : `by day ${half}`}, all ${gone === null ? 'never' : `by day ${gone}`}.`,
    '',
  ].join('\n');
};
