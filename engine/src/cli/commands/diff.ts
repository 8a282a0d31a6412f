import {
  changesBetween,
  definitionCollections,
  definitionDetailSchema,
  definitionSchema,
  describeDifference,
  differenceOf,
  plainValue,
  type Definition,
} from '@ripen/shared';
import { read } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client, ServerProblem } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { placesOption, readCleanDefinitions } from '../definitions/check.ts';
import { mappedDefinitions, mappingOptions } from '../definitions/mapping.ts';
import { documentName } from '../definitions/read.ts';
import { counted } from '../progress.ts';
import { say, writeTo } from '../terminal.ts';

const sides = ['live', 'draft'] as const;
type Side = (typeof sides)[number];

export const diffCommand: Command = {
  name: 'diff',
  summary: 'Says what applying definition documents would change.',
  usage: '<dir or file>... [--against live|draft]',
  details: `
Each document is compared with what the server holds under its name: with what is published, or with its draft where it has
one. Lines begin with + for what the files add, - for what they take away and ~ for what they change. Where steps stand, the
order of keys and of the lists of steps and connections make no difference.

Exit codes: 0 the same, 1 different, 2 usage, 3 server.`,
  options: {
    against: { type: 'string', value: '<live|draft>', help: 'What is published, or drafts; live unless given' },
    ...mappingOptions,
    ...placesOption,
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    if (args.positionals.length === 0)
      throw new CliError('Name the files or directories to compare. See: ripen diff --help');
    const against = args.oneOf('against', sides) ?? 'live';
    const connection = await connectionOf(args, terminal);
    const places = { ...terminal, env: { ...terminal.env, RIPEN_URL: connection.url } };
    const documents = await mappedDefinitions(
      await readCleanDefinitions(args.positionals, args, places),
      args,
      terminal,
    );
    const client = new Client(connection, { signal: terminal.signal });
    let different = 0;
    for (const { definition } of documents) {
      const lines = changeLines(await heldBy(client, definition, against), definition);
      if (lines.length === 0) continue;
      different++;
      await writeTo(terminal.stdout, `${documentName(definition)}\n${lines.map((line) => `  ${line}\n`).join('')}`);
    }
    await say(
      terminal,
      different === 0
        ? `${counted(documents.length, 'document')}, no difference.`
        : `${different} of ${counted(documents.length, 'document')} ${different === 1 ? 'differs' : 'differ'}.`,
    );
    return different === 0 ? exitCodes.ok : exitCodes.refused;
  },
};

/** What the server has under a document's name; null for nothing that is in force or drafted. */
const heldBy = async (client: Client, { kind, ...named }: Definition, against: Side): Promise<Definition | null> => {
  const collection = Object.entries(definitionCollections).find(([, of]) => of === kind)?.[0] ?? kind;
  const id = 'id' in named ? named.id : 'lifecycle';
  let body: unknown;
  try {
    const path = `/api/${collection}/${encodeURIComponent(id)}`;
    ({ body } = await client.call({ method: 'GET', path, auth: 'api', repeatable: true }));
  } catch (error) {
    if (error instanceof ServerProblem && error.response.status === 404) return null;
    throw error;
  }
  const { status, document, draft } = read(definitionDetailSchema, body);
  const published = status === 'archived' ? null : document;
  const held = against === 'draft' ? (draft?.document ?? published) : published;
  if (held === null) return null;
  const parsed = definitionSchema.safeParse(held);
  if (parsed.success) return parsed.data;
  throw new CliError(
    `The ${against === 'draft' ? 'draft' : 'document'} ${kind} ${id} there is not whole: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}. Mend it, or compare with --against live.`,
    exitCodes.refused,
  );
};

const signs = { added: '+', changed: '~', removed: '-' } as const;

const changeLines = (before: Definition | null, after: Definition): string[] => {
  if (before === null) return ['+ not there yet'];
  if (before.kind === 'automation' && after.kind === 'automation')
    return describeDifference(differenceOf(before, after), { before, after }).flatMap((line) => {
      const head = `${signs[line.what]} ${[line.title, line.detail].filter((part) => part !== '').join(' ')}`;
      return line.settings.length === 0
        ? [head]
        : line.settings.map(
            (one) => `${head}${one.label === '' ? '' : `, ${one.label}`}: ${one.before} -> ${one.after}`,
          );
    });
  return changesBetween(before, after).map((change) => {
    const sign = change.before === undefined ? '+' : change.after === undefined ? '-' : '~';
    return `${sign} ${change.label}: ${plainValue(change.before)} -> ${plainValue(change.after)}`;
  });
};
