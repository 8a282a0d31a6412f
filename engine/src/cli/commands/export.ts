import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import {
  canonicalText,
  contactSummarySchema,
  definitionCollections,
  definitionDetailSchema,
  definitionSchema,
  definitionSummarySchema,
  pageOf,
  timelineItemSchema,
} from '@ripen/shared';
import { z } from 'zod';
import { read } from '../api.ts';
import { CliError, exitCodes, type ExitCode } from '../cli-error.ts';
import { Client } from '../client.ts';
import type { Arguments, Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { counted, Progress } from '../progress.ts';
import { say, writeTo, type Terminal } from '../terminal.ts';

export const exportCommand: Command = {
  name: 'export',
  summary: 'Writes definitions to files, what arrived for contacts as JSON lines for simulate, or a segment as CSV.',
  usage: '--definitions <dir> | --arrivals <file or -> [--contact <id>...] | --segment <id> [--csv <file or ->]',
  details: `
Definitions: one JSON document per file, as published last; \`ripen apply <dir>\` brings them back. Keys, steps and connections
stand in one order and positions are whole pixels, so that a review shows what was changed and nothing else.
Arrivals: contact after contact, each in the order in which its events were applied, answers of sales included;
\`ripen simulate\` makes the same ledger of them.
A segment: a line for each contact that is in it now, with scores and fields.`,
  options: {
    definitions: { type: 'string', value: '<dir>', help: 'Write the definitions into this directory' },
    arrivals: { type: 'string', value: '<file>', help: 'Write the arrivals there; - for stdout' },
    contact: { type: 'string', multiple: true, value: '<id>', help: 'Only of this contact; again for more' },
    segment: { type: 'string', value: '<id>', help: 'Write the contacts of this segment as CSV' },
    csv: { type: 'string', value: '<file>', help: 'Where to; stdout unless given, as for -' },
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const dir = args.text('definitions');
    const arrivals = args.text('arrivals');
    const segment = args.text('segment');
    if ([dir, arrivals, segment].filter((given) => given !== undefined).length !== 1)
      throw new CliError('export takes one of --definitions <dir>, --arrivals <file> and --segment <id>.');
    const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
    if (segment !== undefined) return exportSegment(client, segment, args.text('csv') ?? '-', terminal);
    return dir === undefined
      ? exportArrivals(client, args, arrivals ?? '-', terminal)
      : exportDefinitions(client, resolve(terminal.cwd, dir), terminal);
  },
};

/** Fields are called whatever their senders call them. */
const fileNameOf = (id: string): string => id.replace(/[^\p{L}\p{N}._-]/gu, encodeURIComponent);

/** What this version cannot read is written as it came, rather than not at all. */
const fileText = (document: Record<string, unknown>): string => {
  const read = definitionSchema.safeParse(document);
  return read.success ? canonicalText(read.data) : `${JSON.stringify(document, null, 2)}\n`;
};

const exportDefinitions = async (client: Client, dir: string, terminal: Terminal): Promise<ExitCode> => {
  await mkdir(dir, { recursive: true });
  let count = 0;
  for (const [collection, kind] of Object.entries(definitionCollections)) {
    const list = await client.call({ method: 'GET', path: `/api/${collection}`, auth: 'api', repeatable: true });
    for (const summary of read(z.object({ items: z.array(definitionSummarySchema) }), list.body).items) {
      if (summary.version === null || summary.status === 'archived') continue;
      const { body } = await client.call({
        method: 'GET',
        path: `/api/${collection}/${encodeURIComponent(summary.id)}`,
        auth: 'api',
        repeatable: true,
      });
      const { document } = read(definitionDetailSchema, body);
      if (document === null) continue;
      await writeFile(
        join(dir, kind === 'lifecycle' ? 'lifecycle.json' : `${fileNameOf(summary.id)}.${kind}.json`),
        fileText(document),
      );
      count++;
    }
  }
  await say(terminal, `${counted(count, 'definition')} written to ${dir}.`);
  return exitCodes.ok;
};

const exportArrivals = async (client: Client, args: Arguments, out: string, terminal: Terminal): Promise<ExitCode> => {
  const file = out === '-' ? null : createWriteStream(resolve(terminal.cwd, out));
  const target = file ?? terminal.stdout;
  const progress = new Progress(terminal.stderr);
  let contacts = 0;
  let events = 0;
  const write = async (contact: string): Promise<void> => {
    const lines = await arrivalsOf(client, contact);
    for (const line of lines) await writeTo(target, `${JSON.stringify(line)}\n`);
    contacts++;
    events += lines.length;
    progress.update('Contacts', contacts);
  };
  const named = args.texts('contact');
  if (named.length > 0) for (const contact of named) await write(contact);
  else for await (const { id } of pages(client, '/api/contacts', contactSummarySchema)) await write(id);
  if (file) {
    file.end();
    await finished(file);
  }
  progress.finish();
  await say(terminal, `${counted(events, 'arrival')} of ${counted(contacts, 'contact')} written.`);
  return exitCodes.ok;
};

const exportSegment = async (client: Client, id: string, out: string, terminal: Terminal): Promise<ExitCode> => {
  const answer = await client.stream(`/api/segments/${encodeURIComponent(id)}/contacts.csv`);
  const file = out === '-' ? null : createWriteStream(resolve(terminal.cwd, out));
  const target = file ?? terminal.stdout;
  const text = new TextDecoder();
  for await (const piece of answer) await writeTo(target, text.decode(piece, { stream: true }));
  if (file) {
    file.end();
    await finished(file);
    await say(terminal, `The contacts of ${id} are in ${out}.`);
  }
  return exitCodes.ok;
};

/** A contact's events, oldest first, as simulate reads them. */
const arrivalsOf = async (client: Client, contact: string): Promise<Record<string, unknown>[]> => {
  const lines: Record<string, unknown>[] = [];
  for await (const item of pages(
    client,
    `/api/contacts/${encodeURIComponent(contact)}/timeline?kinds=event`,
    timelineItemSchema,
  )) {
    if (item.kind !== 'event') continue;
    const { messageId, type, properties, fields, occurredAt, at: arrivedAt, backfilled } = item;
    lines.push({ kind: 'arrival', contact, messageId, type, properties, fields, occurredAt, arrivedAt, backfilled });
  }
  return lines.reverse();
};

async function* pages<Item extends z.ZodType>(
  client: Client,
  path: string,
  item: Item,
): AsyncGenerator<z.output<Item>> {
  const page = pageOf(item);
  let after: string | null = null;
  do {
    const query: string = `${path.includes('?') ? '&' : '?'}limit=200${after === null ? '' : `&after=${encodeURIComponent(after)}`}`;
    const { body } = await client.call({ method: 'GET', path: path + query, auth: 'api', repeatable: true });
    const { items, next }: z.output<typeof page> = read(page, body);
    yield* items;
    after = next;
  } while (after !== null);
}
