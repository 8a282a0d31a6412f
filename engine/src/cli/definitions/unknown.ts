import { referencesSchema, type UnknownReference } from '@ripen/shared';
import { read } from '../api.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { Client } from '../client.ts';
import { counted } from '../progress.ts';
import { say, type Terminal } from '../terminal.ts';
import { problemLine } from './check.ts';
import { documentName, type ReadDefinition } from './read.ts';

const quoted = (text: string): string => (/^[\w.:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** `a.json: error: automation hand-over, node give: there is no queue "emea" there; did you mean sales? --map queue:emea=sales` */
const lineOf = (
  { kind, id, needed, places, suggestions }: UnknownReference,
  documents: readonly ReadDefinition[],
): string => {
  const [first, ...others] = places;
  const [nearest] = suggestions;
  const document = first && documentName(first.document.kind === 'lifecycle' ? { kind: 'lifecycle' } : first.document);
  const meant = nearest
    ? `did you mean ${suggestions.map((one) => one.id).join(' or ')}? --map ${quoted(`${kind}:${id}=${nearest.id}`)}`
    : `nothing has a name like it. --map ${quoted(`${kind}:${id}=`)}<id>`;
  return problemLine({
    severity: needed ? 'error' : 'warning',
    file: documents.find(({ definition }) => documentName(definition) === document)?.file ?? '',
    document: document ?? null,
    node: first?.node ?? null,
    path: null,
    message: `there is no ${kind.replace('_', ' ')} "${id}" there${others.length > 0 ? ` (named in ${counted(others.length, 'other place')} too)` : ''}; ${meant}`,
  });
};

/**
 * Asks the server what of all that documents name is not there, and says it with what has a name like it. Throws where nothing
 * could be published. Fields, event types and labels begin with the first that arrives: only what looks misspelt is said of them.
 */
export const checkReferences = async (
  client: Client,
  documents: readonly ReadDefinition[],
  terminal: Terminal,
): Promise<void> => {
  const { body } = await client.call({
    method: 'POST',
    path: '/api/references',
    body: { documents: documents.map(({ definition }) => definition) },
    auth: 'api',
    repeatable: true,
  });
  const { unknown } = read(referencesSchema, body);
  for (const one of unknown) if (one.needed || one.suggestions.length > 0) await say(terminal, lineOf(one, documents));
  const needed = unknown.filter((one) => one.needed).length;
  if (needed === 0) return;
  const what = `${counted(needed, 'reference')} ${needed === 1 ? 'is' : 'are'}`;
  throw new CliError(
    `${what} not known there; nothing was applied. Map each with --map or a --mapping file, or apply what is missing first.`,
    exitCodes.refused,
  );
};
