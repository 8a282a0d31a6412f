import {
  lifecyclePreviewSchema,
  lifecycleSchema,
  definitionDetailSchema,
  definitionSummarySchema,
  type Lifecycle,
  type LifecyclePreview,
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
import { jsonOption, jsonText, ofContacts, points, shareOf, table } from '../figures.ts';
import { grouped } from '../progress.ts';
import { writeTo } from '../terminal.ts';

export const lifecycleCommand: Command = {
  name: 'lifecycle',
  summary: 'Says how many contacts the stages of a lifecycle would have, before it is applied.',
  usage: '[<dir or file>...]',
  details: `
By the scores of now, thresholds and extra conditions, beside who is in each stage now; of the lifecycle in force where no file
is named. Who is in a terminal stage stays there. Margins, minimum stays and what people set by hand are left out; \`ripen
impact\` plays those too. Exact up to 20,000 contacts, from a sample beyond.

Exit codes: 0 said, 1 not valid, 2 usage, 3 server.`,
  options: {
    model: { type: 'string', value: '<id>', help: 'Score model in force to compare with; its own unless given' },
    ...jsonOption,
    ...placesOption,
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const connection = await connectionOf(args, terminal);
    const client = new Client(connection, { signal: terminal.signal });
    const places = { ...terminal, env: { ...terminal.env, RIPEN_URL: connection.url } };
    const documents =
      args.positionals.length === 0 ? [] : onlyOne(await readCleanDefinitions(args.positionals, args, places));
    const lifecycle = documents[0]?.definition ?? (await inForce(client));
    const model = args.text('model') ?? lifecycle.model;
    const stages = lifecycle.stages.map(({ id, threshold, when, terminal: last }) => ({
      id,
      threshold,
      when,
      terminal: last,
    }));
    const request = { path: '/api/lifecycle/preview', body: { model, stages }, repeatable: true };
    const answer = await sendDocuments(client, request, { documents, sole: true, terminal });
    const preview = read(lifecyclePreviewSchema, answer);
    await writeTo(terminal.stdout, args.flag('json') ? jsonText(preview) : wordsOf(preview, lifecycle));
    return exitCodes.ok;
  },
};

type ReadLifecycle = ReadDefinition & { definition: Lifecycle };

const onlyOne = (documents: readonly ReadDefinition[]): ReadLifecycle[] => {
  const found = documents.filter((document): document is ReadLifecycle => document.definition.kind === 'lifecycle');
  if (found.length > 0) return found;
  throw new CliError('There is no lifecycle in what you named. Its documents have "kind": "lifecycle".');
};

const inForce = async (client: Client): Promise<Lifecycle> => {
  const { items } = await get(client, z.object({ items: z.array(definitionSummarySchema) }), '/api/lifecycle');
  const id = items.find(({ status }) => status === 'live')?.id;
  const detail = id === undefined ? null : await get(client, definitionDetailSchema, `/api/lifecycle/${id}`);
  const parsed = lifecycleSchema.safeParse(detail?.document);
  if (parsed.success) return parsed.data;
  throw new CliError('No lifecycle is in force. Name the file of one.');
};

const wordsOf = (found: LifecyclePreview, lifecycle: Lifecycle): string => {
  const names = new Map(lifecycle.stages.map(({ id, name }) => [id, name]));
  const line = (name: string, from: string, { count, now }: { count: number; now: number }): string[] => [
    name,
    from,
    grouped(count),
    shareOf(count, found.contacts),
    grouped(now),
  ];
  return [
    `By ${found.model}, ${ofContacts(found)}`,
    '',
    ...table([
      ['stage', 'from', 'contacts', '', 'now'],
      ...found.stages.map((stage) =>
        line(names.get(stage.id) ?? stage.id, stage.threshold === null ? '-' : points(stage.threshold), stage),
      ),
      line('no stage', '', found.none),
    ]),
    '',
  ].join('\n');
};
