import { problemSchema } from '@ripen/shared';
import { CliError, exitCodes } from '../cli-error.ts';
import { ServerProblem, type Client, type Request } from '../client.ts';
import { say, type Terminal } from '../terminal.ts';
import { problemLine } from './check.ts';
import { documentName, type ReadDefinition } from './read.ts';

/**
 * Sends documents. What the server has against them is printed with file, document and path, and is no fault of the server:
 * throws CliError then. `sole`: the one document that a part was sent of, under another name.
 */
export const sendDocuments = async (
  client: Client,
  request: Omit<Request, 'auth' | 'method'>,
  { documents, sole = false, terminal }: { documents: readonly ReadDefinition[]; sole?: boolean; terminal: Terminal },
): Promise<unknown> => {
  try {
    return (await client.call({ method: 'POST', auth: 'api', ...request })).body;
  } catch (error) {
    const lines = error instanceof ServerProblem ? problemLines(error.response.body, documents, sole) : [];
    if (lines.length === 0) throw error;
    for (const line of lines) await say(terminal, line);
    throw new CliError('The server refused the documents; nothing was done.', exitCodes.refused);
  }
};

const problemLines = (body: unknown, documents: readonly ReadDefinition[], sole: boolean): string[] => {
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return [];
  const files = new Map(documents.map(({ file, definition }) => [documentName(definition), file]));
  const only = sole && documents[0] ? documentName(documents[0].definition) : null;
  return (problem.data.errors ?? []).map(({ document: said, severity = 'error', node = null, path, message }) => {
    const sent = said && documentName({ kind: said.kind, id: said.kind === 'lifecycle' ? undefined : said.id });
    const document = only ?? sent ?? null;
    const file = document === null ? '' : (files.get(document) ?? '');
    return problemLine({ severity, file, document, node, path: path || null, message });
  });
};
