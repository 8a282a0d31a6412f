import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { definitionSchema, type Definition } from '@ripen/shared';
import type { z } from 'zod';
import { CliError, sentenceOf } from '../cli-error.ts';
import { expandPlaces } from './expand.ts';

export interface ReadDefinition {
  /** As it was named on the command line. */
  file: string;
  definition: Definition;
}

export interface FileProblem {
  severity: 'error' | 'warning';
  file: string;
  /** `automation us-clicks-to-sales`; null when the document does not say what it is. */
  document: string | null;
  node: string | null;
  path: string | null;
  message: string;
}

export interface ReadDefinitions {
  definitions: ReadDefinition[];
  problems: FileProblem[];
}

/**
 * Reads definition documents from JSON files and from all `.json` files below directories, in order of path. A file holds
 * a document or a list of them. `${NAME}` in texts is filled from `values`.
 */
export const readDefinitions = async (
  paths: readonly string[],
  cwd: string,
  values: Record<string, string | undefined>,
): Promise<ReadDefinitions> => {
  const files = (await Promise.all(paths.map((path) => jsonFiles(resolve(cwd, path))))).flat();
  if (files.length === 0) throw new CliError(`There are no .json files in ${paths.join(', ')}.`);
  const read: ReadDefinitions = { definitions: [], problems: [] };
  for (const path of files) await readFileInto(read, path, relative(cwd, path) || path, values);
  refuseDoubles(read);
  return read;
};

const readFileInto = async (
  read: ReadDefinitions,
  path: string,
  file: string,
  values: Record<string, string | undefined>,
): Promise<void> => {
  let json: unknown;
  try {
    json = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    read.problems.push({
      severity: 'error',
      file,
      document: null,
      node: null,
      path: null,
      message: `is not JSON: ${sentenceOf(error)}`,
    });
    return;
  }
  for (const raw of Array.isArray(json) ? json : [json]) {
    const { value, missing } = expandPlaces(raw, values);
    const document = nameOf(value);
    for (const name of missing)
      read.problems.push({
        severity: 'error',
        file,
        document,
        node: null,
        path: null,
        message: `has a place for ${name}, which has no value; pass --set ${name}=...`,
      });
    const parsed = definitionSchema.safeParse(value);
    if (parsed.success) read.definitions.push({ file, definition: parsed.data });
    else read.problems.push(...parsed.error.issues.map((issue) => problemOf(issue, file, value)));
  }
};

/** An issue of the schema, with the node whose settings it is about. */
const problemOf = (issue: z.core.$ZodIssue, file: string, value: unknown): FileProblem => {
  const [first, index] = issue.path;
  const nodes = isObject(value) && Array.isArray(value['nodes']) ? value['nodes'] : [];
  const node: unknown = first === 'nodes' && typeof index === 'number' ? nodes[index] : undefined;
  const id = isObject(node) && typeof node['id'] === 'string' ? node['id'] : null;
  return {
    severity: 'error',
    file,
    document: nameOf(value),
    node: id,
    path: issue.path.map(String).join('.') || null,
    message: issue.message,
  };
};

const refuseDoubles = (read: ReadDefinitions): void => {
  const seen = new Map<string, string>();
  for (const { file, definition } of read.definitions) {
    const name = documentName(definition);
    const before = seen.get(name);
    if (before !== undefined)
      read.problems.push({
        severity: 'error',
        file,
        document: name,
        node: null,
        path: null,
        message: `is in ${before} too`,
      });
    seen.set(name, file);
  }
};

/** `automation us-clicks-to-sales`; there is one lifecycle. */
export const documentName = (document: { kind: string; id?: string | undefined }): string =>
  document.id === undefined ? document.kind : `${document.kind} ${document.id}`;

const nameOf = (value: unknown): string | null => {
  if (!isObject(value) || typeof value['kind'] !== 'string') return null;
  return documentName({ kind: value['kind'], id: typeof value['id'] === 'string' ? value['id'] : undefined });
};

const jsonFiles = async (path: string): Promise<string[]> => {
  let isDirectory: boolean;
  try {
    isDirectory = (await stat(path)).isDirectory();
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${sentenceOf(error)}.`);
  }
  if (!isDirectory) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(path, name));
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
