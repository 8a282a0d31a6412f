/** A document of a file, not yet looked into. */
export interface GivenDocument extends Record<string, unknown> {
  kind: string;
  id: string;
}

type ReadFile =
  { kind: 'read'; automations: GivenDocument[]; others: GivenDocument[] } | { kind: 'refused'; why: string };

/** What the API takes at once. */
const mostBytes = 20 * 1024 * 1024;
const mostSteps = 5_000;
/** The format of graphs that this version reads. */
const newestFormat = 1;

const refused = (why: string): ReadFile => ({ kind: 'refused', why });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const isDocument = (value: unknown): value is GivenDocument =>
  isRecord(value) &&
  typeof value['kind'] === 'string' &&
  (typeof value['id'] === 'string' || value['kind'] === 'lifecycle');

const nameOf = (document: GivenDocument): string =>
  typeof document['name'] === 'string' && document['name'] !== '' ? document['name'] : document.id;

/** Why an automation is not even looked into; null where it can be. */
const flawOf = (document: GivenDocument): string | null => {
  const { nodes, schemaVersion } = document;
  if (typeof schemaVersion === 'number' && schemaVersion > newestFormat)
    return `“${nameOf(document)}” was written by a newer version of Ripen. Update Ripen here, and import it again.`;
  if (Array.isArray(nodes) && nodes.length > mostSteps)
    return `“${nameOf(document)}” has ${nodes.length} steps; an automation can have ${mostSteps}. Split it into several that start each other.`;
  return null;
};

/** Reads what a file holds, or somebody pasted: documents, or a sentence that says what is wrong and what to do. */
export const readFile = (text: string): ReadFile => {
  if (text.trim() === '')
    return refused('The file is empty. Choose one that “Download as JSON” or `ripen export` wrote.');
  if (text.length > mostBytes) return refused('The file is larger than 20 MB, which no automation is.');
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return refused('This is not JSON: part of it may be missing. Download the automation once more.');
  }
  if (isRecord(given) && given['format'] === 'ripen/nodes')
    return refused('These are steps that were copied on a canvas. Open an automation and paste them there.');
  const documents: unknown[] = Array.isArray(given) ? given : [given];
  if (!documents.every(isDocument))
    return refused('This is no definition of Ripen. Choose a file that “Download as JSON” or `ripen export` wrote.');
  const automations = documents.filter(({ kind }) => kind === 'automation');
  if (automations.length === 0)
    return refused(
      `There is no automation in it, but ${documents.map(({ kind }) => kind.replaceAll('_', ' ')).join(', ')}. The command \`ripen apply\` takes those.`,
    );
  const flaw = automations.map(flawOf).find((why) => why !== null);
  if (flaw) return refused(flaw);
  return { kind: 'read', automations, others: documents.filter(({ kind }) => kind !== 'automation') };
};
