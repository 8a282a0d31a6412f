import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { namedKinds, referencesOf, renamed, type Mapped, type Named, type NamedKind } from '@ripen/shared';
import { z } from 'zod';
import { CliError, sentenceOf } from '../cli-error.ts';
import type { Arguments, OptionSpec } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import type { ReadDefinition } from './read.ts';

export const mappingOptions = {
  map: {
    type: 'string',
    multiple: true,
    value: '<[kind:]from=to>',
    help: 'What the documents call from is called to there, e.g. queue:emea=sales; again for more',
  },
  mapping: {
    type: 'string',
    value: '<file>',
    help: 'The same from a JSON file: { "queue": { "emea": "sales" } }',
  },
} as const satisfies Record<string, OptionSpec>;

const fileSchema = z.partialRecord(z.enum(namedKinds), z.record(z.string(), z.string().min(1).max(200)));

const isKind = (text: string): text is NamedKind => namedKinds.some((kind) => kind === text);

/** `queue:emea=sales`, or `emea=sales` where only one kind of thing is called that. */
const readPair = (pair: string, named: readonly Named[]): Mapped => {
  const equals = pair.indexOf('=');
  const [from, to] = [pair.slice(0, equals), pair.slice(equals + 1)];
  if (equals < 1 || to === '') throw new CliError(`--map takes from=to or kind:from=to, not "${pair}".`);
  const [before = '', ...rest] = from.split(':');
  if (rest.length > 0 && isKind(before)) return { kind: before, from: rest.join(':'), to };
  const kinds = named.filter(({ id }) => id === from).map(({ kind }) => kind);
  const [kind, ...others] = kinds;
  if (kind === undefined) throw new CliError(`--map ${pair}: the documents name nothing called "${from}".`);
  if (others.length > 0) {
    const which = kinds.map((one) => `${one}:${pair}`).join(' or ');
    throw new CliError(`--map ${pair}: "${from}" is a ${kinds.join(' and a ')}. Say which: ${which}.`);
  }
  return { kind, from, to };
};

const readFilePairs = async (path: string, terminal: Terminal): Promise<Mapped[]> => {
  let given: unknown;
  try {
    given = JSON.parse(await readFile(resolve(terminal.cwd, path), 'utf8'));
  } catch (error) {
    throw new CliError(`The mapping ${path} cannot be read: ${sentenceOf(error)}`);
  }
  const read = fileSchema.safeParse(given);
  if (!read.success)
    throw new CliError(
      `The mapping ${path} must hold kinds with names, as in { "queue": { "emea": "sales" } }; kinds are ${namedKinds.join(', ')}.`,
    );
  return Object.entries(read.data).flatMap(([kind, names]) =>
    isKind(kind) ? Object.entries(names).map(([from, to]) => ({ kind, from, to })) : [],
  );
};

/** Documents with what they name called as `--mapping` and `--map` say. What maps nothing is a typing error, and said so. */
export const mappedDefinitions = async (
  documents: readonly ReadDefinition[],
  args: Arguments,
  terminal: Terminal,
): Promise<ReadDefinition[]> => {
  const file = args.text('mapping');
  const named = [
    ...new Map(
      documents
        .flatMap(({ definition }) => referencesOf(definition))
        .map(({ kind, id }) => [`${kind} ${id}`, { kind, id }]),
    ).values(),
  ];
  const pairs = args.texts('map').map((pair) => readPair(pair, named));
  for (const { kind, from, to } of pairs)
    if (!named.some((one) => one.kind === kind && one.id === from))
      throw new CliError(`--map ${kind}:${from}=${to}: the documents name no ${kind} "${from}".`);
  // A file may say more than these documents need.
  const all = [...(file === undefined ? [] : await readFilePairs(file, terminal)), ...pairs];
  if (all.length === 0) return [...documents];
  const targets = new Map(all.map(({ kind, from, to }) => [`${kind} ${from}`, to]));
  return documents.map(({ file: source, definition }) => ({
    file: source,
    definition: renamed(definition, ({ kind, id }) => targets.get(`${kind} ${id}`) ?? id),
  }));
};
