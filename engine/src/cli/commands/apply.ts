import { definitionCollections, publicationSchema, templatePublicationSchema } from '@ripen/shared';
import { z } from 'zod';
import { read } from '../api.ts';
import { CliError, exitCodes, type ExitCode } from '../cli-error.ts';
import { Client, ServerProblem } from '../client.ts';
import type { Arguments, Command } from '../command.ts';
import { connectionOf, connectionOptions } from '../connection.ts';
import { placesOption, readCleanDefinitions } from '../definitions/check.ts';
import { mappedDefinitions, mappingOptions } from '../definitions/mapping.ts';
import { documentName } from '../definitions/read.ts';
import { sendDocuments } from '../definitions/refused.ts';
import { checkReferences } from '../definitions/unknown.ts';
import { counted } from '../progress.ts';
import { say, writeTo, type Terminal } from '../terminal.ts';

export const applyCommand: Command = {
  name: 'apply',
  summary: 'Publishes definition documents: all of them, or none.',
  usage: '<dir or file>... | --template <id>',
  details: `
The server checks the documents among what is published, so that a set may be a part of the whole. Documents equal to what is published change nothing: applying twice is safe. What is published and not
named stays. With --template a shipped system is published; "ripen templates" lists them. Problems are printed with file, document, node and path.
The tests that automations keep (their scenarios) are run first: one that goes another way refuses all.

What the documents name may be called otherwise there: what is not known is listed with what has a name like it, and --map
or a --mapping file says what each is.

Exit codes: 0 applied, 1 not valid, 2 usage, 3 server.`,
  options: {
    'dry-run': { type: 'boolean', help: 'Let the server check, publish nothing' },
    'despite-tests': {
      type: 'string',
      value: '<reason>',
      help: 'Publish although tests of automations go another way; the reason is kept with the versions',
    },
    template: { type: 'string', value: '<id>', help: 'Publish a shipped system; see: ripen templates' },
    existing: {
      type: 'string',
      value: '<keep|replace>',
      help: 'With --template: what becomes of other documents in force under its names (else it is refused)',
    },
    'if-empty': { type: 'boolean', help: 'Do nothing when the workspace has definitions already' },
    ...mappingOptions,
    ...placesOption,
    ...connectionOptions,
  },
  run: async (args, terminal) => {
    const template = args.text('template');
    if (template !== undefined) return applyTemplate(template, args, terminal);
    if (args.positionals.length === 0)
      throw new CliError('Name the files or directories to apply. See: ripen apply --help');
    const connection = await connectionOf(args, terminal);
    // Documents can name the server they are applied to, e.g. in a channel.
    const places = { ...terminal, env: { ...terminal.env, RIPEN_URL: connection.url } };
    const documents = await mappedDefinitions(
      await readCleanDefinitions(args.positionals, args, places),
      args,
      terminal,
    );
    const client = new Client(connection, { signal: terminal.signal });
    if (args.flag('if-empty') && (await hasDefinitions(client))) {
      await say(terminal, 'The workspace has definitions already; nothing was applied.');
      return exitCodes.ok;
    }
    await checkReferences(client, documents, terminal);
    const dryRun = args.flag('dry-run');
    const despiteTests = args.text('despite-tests');
    const body = {
      documents: documents.map(({ definition }) => definition),
      dryRun,
      ...(despiteTests !== undefined && { despiteTests }),
    };
    const answer = await sendDocuments(client, { path: '/api/apply', body, repeatable: true }, { documents, terminal });
    const publication = read(publicationSchema, answer);
    if (dryRun) {
      await say(terminal, `The server would take ${counted(documents.length, 'document')}.`);
      return exitCodes.ok;
    }
    await sayPublished(publication, terminal);
    return exitCodes.ok;
  },
};

/** Documents with their versions on stdout, how many on stderr. */
const sayPublished = async (publication: z.output<typeof publicationSchema>, terminal: Terminal): Promise<void> => {
  const { published, unchanged, revision } = publication;
  for (const { kind, id, version } of published) {
    await writeTo(
      terminal.stdout,
      `${documentName({ kind, id: kind === 'lifecycle' ? undefined : id })} version ${version}\n`,
    );
  }
  await say(
    terminal,
    published.length === 0
      ? `Nothing changed: ${counted(unchanged.length, 'document')} as published already (revision ${revision}).`
      : `${counted(published.length, 'document')} published as revision ${revision}${unchanged.length > 0 ? `, ${unchanged.length} unchanged` : ''}.`,
  );
};

const applyTemplate = async (id: string, args: Arguments, terminal: Terminal): Promise<ExitCode> => {
  const existing = args.text('existing') ?? 'refuse';
  if (args.positionals.length > 0) throw new CliError('Name files, or a template, not both.');
  if (!['refuse', 'keep', 'replace'].includes(existing)) throw new CliError('--existing takes keep or replace.');
  const client = new Client(await connectionOf(args, terminal), { signal: terminal.signal });
  const path = `/api/templates/${encodeURIComponent(id)}`;
  let body: unknown;
  try {
    ({ body } = await client.call({ method: 'POST', path, body: { existing }, auth: 'api', repeatable: true }));
  } catch (error) {
    if (error instanceof ServerProblem && error.response.status === 409)
      throw new CliError(`${error.message} Add --existing keep or --existing replace.`, exitCodes.refused);
    throw error;
  }
  const publication = read(templatePublicationSchema, body);
  await sayPublished(publication, terminal);
  if (publication.kept.length > 0)
    await say(terminal, `${counted(publication.kept.length, 'document')} kept as in force.`);
  return exitCodes.ok;
};

const hasDefinitions = async (client: Client): Promise<boolean> => {
  for (const collection of Object.keys(definitionCollections)) {
    const { body } = await client.call({ method: 'GET', path: `/api/${collection}`, auth: 'api', repeatable: true });
    if (read(z.object({ items: z.array(z.unknown()) }), body).items.length > 0) return true;
  }
  return false;
};
