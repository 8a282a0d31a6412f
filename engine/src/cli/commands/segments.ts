import {
  definitionSummarySchema,
  segmentCountsSchema,
  segmentPreviewSchema,
  type Segment,
  type Total,
} from '@ripen/shared';
import { z } from 'zod';
import { get, read } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { placesOption, readCleanDefinitions } from '../definitions/check.ts';
import type { ReadDefinition } from '../definitions/read.ts';
import { sendDocuments } from '../definitions/refused.ts';
import { jsonOption, jsonText, totalWords } from '../figures.ts';
import { writeTo, type Terminal } from '../terminal.ts';

interface Counted {
  id: string;
  name: string;
  /** Null: not counted yet. */
  total: Total | null;
}

export const segmentsCommand: Command = {
  name: 'segments',
  summary: 'Says how many contacts are in each segment: of those in force, or of documents before they are applied.',
  usage: '[<dir or file>...]',
  details: `
Of very many contacts a count comes from a sample, with what it lies between; --exact looks at everybody. \`ripen export --segment
<id>\` writes who they are. Segments are definitions: \`ripen apply\` publishes them.

Exit codes: 0 listed, 1 not valid, 2 usage, 3 server.`,
  options: {
    exact: { type: 'boolean', help: 'Look at everybody, however long that takes' },
    ...jsonOption,
    ...placesOption,
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const connection = await connectionOf(args, terminal);
    const client = new Client(connection, { signal: terminal.signal });
    const places = { ...terminal, env: { ...terminal.env, RIPEN_URL: connection.url } };
    const exact = args.flag('exact');
    const named = args.positionals.length > 0;
    const documents = named ? segmentsAmong(await readCleanDefinitions(args.positionals, args, places)) : [];
    const asked = named ? documents.map(({ definition }) => definition) : exact ? await inForce(client) : null;
    const found: Counted[] = [];
    if (asked === null) found.push(...(await counts(client)));
    else
      for (const [index, segment] of asked.entries())
        found.push(await tried(client, segment, exact, { documents: documents.slice(index, index + 1), terminal }));
    const lines = found.map(({ id, name, total }) => `${id}  ${name}  ${total ? totalWords(total) : 'not counted'}\n`);
    await writeTo(terminal.stdout, args.flag('json') ? jsonText(found) : lines.join(''));
    return exitCodes.ok;
  },
};

const live = async (client: Client): Promise<z.output<typeof definitionSummarySchema>[]> => {
  const { items } = await get(client, z.object({ items: z.array(definitionSummarySchema) }), '/api/segments');
  return items.filter(({ status }) => status === 'live');
};

const counts = async (client: Client): Promise<Counted[]> => {
  const { items } = await get(client, segmentCountsSchema, '/api/segment-counts');
  return (await live(client)).map(({ id, name }) => {
    const found = items.find(({ segment }) => segment === id);
    return { id, name, total: found ? { count: found.count, exact: found.exact, range: found.range } : null };
  });
};

type Asked = Pick<Segment, 'id' | 'name' | 'when'>;

type ReadSegment = ReadDefinition & { definition: Segment };

const segmentsAmong = (documents: readonly ReadDefinition[]): ReadSegment[] => {
  const segments = documents.filter((document): document is ReadSegment => document.definition.kind === 'segment');
  if (segments.length > 0) return segments;
  throw new CliError('There is no segment in what you named. Their documents have "kind": "segment".');
};

/** Those in force, as conditions that name them. */
const inForce = async (client: Client): Promise<Asked[]> =>
  (await live(client)).map(({ id, name }) => ({ id, name, when: { kind: 'segment', segment: id } }));

const tried = async (
  client: Client,
  { id, name, when }: Asked,
  countAll: boolean,
  from: { documents: readonly ReadDefinition[]; terminal: Terminal },
): Promise<Counted> => {
  const request = { path: '/api/segments/preview', body: { when, countAll }, repeatable: true };
  const answer = await sendDocuments(client, request, { ...from, sole: true });
  return { id, name, total: read(segmentPreviewSchema, answer).total };
};
