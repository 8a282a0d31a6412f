import {
  definitionSchema,
  hasErrors,
  validate,
  type Definition,
  type Definitions,
  type Problem as DefinitionProblem,
} from '@ripen/shared';
import type { z } from 'zod';
import { definitionIdOf, definitionsAt, headRevision, type DefinitionKind } from '../store/definitions.ts';
import type { Queryable } from '../store/store.ts';
import { Problem, type ProblemItem } from './problem.ts';

type Finding = NonNullable<ProblemItem>;

/** Reads a document as its kind; what is wrong comes as problem items that say where. */
export const readDocument = (
  document: Record<string, unknown>,
  place: { kind?: string; id?: string; path: string },
): { document: Definition } | { errors: Finding[] } => {
  const result = definitionSchema.safeParse(
    place.kind === undefined ? document : { ...document, kind: document['kind'] ?? place.kind },
  );
  if (result.success) return { document: result.data };
  const named = {
    kind: textOf(document['kind']) ?? place.kind ?? 'unknown',
    id: textOf(document['id']) ?? place.id ?? 'unknown',
  };
  return { errors: result.error.issues.slice(0, 50).map((issue) => finding(issue, named, document, place.path)) };
};

const finding = (
  issue: z.core.$ZodIssue,
  named: { kind: string; id: string },
  document: Record<string, unknown>,
  path: string,
): Finding => {
  const node = nodeAt(document, issue.path);
  return {
    severity: 'error',
    code: issue.code,
    document: named,
    ...(node === undefined ? {} : { node }),
    path: [path, ...issue.path.map(String)].filter((part) => part !== '').join('.'),
    message: issue.message,
  };
};

/** `nodes.3.settings` lies in the node whose id stands there. */
const nodeAt = (document: Record<string, unknown>, path: readonly PropertyKey[]): string | undefined => {
  const nodes = document['nodes'];
  if (path[0] !== 'nodes' || typeof path[1] !== 'number' || !Array.isArray(nodes)) return undefined;
  const node: unknown = nodes[path[1]];
  return node !== null && typeof node === 'object' && 'id' in node ? textOf(node.id) : undefined;
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value.slice(0, 100) : undefined);

/** What the core says about documents put among those in force; only about them, not about what was there before. */
export const problemsWith = async (db: Queryable, documents: readonly Definition[]): Promise<DefinitionProblem[]> => {
  const current = await definitionsAt(db, await headRevision(db));
  const named = new Set(documents.map((document) => `${document.kind}/${definitionIdOf(document)}`));
  const problems = validate(withDocuments(current, documents));
  return problems.filter(
    (problem) => problem.severity === 'error' || named.has(`${problem.document.kind}/${problem.document.id}`),
  );
};

const withDocuments = (current: Definitions, documents: readonly Definition[]): Definitions => {
  const next: Definitions = { ...current };
  const replace = <T extends { id: string }>(list: readonly T[], item: T): T[] => [
    ...list.filter((other) => other.id !== item.id),
    item,
  ];
  for (const document of documents) {
    switch (document.kind) {
      case 'model':
        next.models = replace(next.models, document);
        break;
      case 'event_type':
        next.eventTypes = replace(next.eventTypes, document);
        break;
      case 'queue':
        next.queues = replace(next.queues, document);
        break;
      case 'channel':
        next.channels = replace(next.channels, document);
        break;
      case 'lifecycle':
        next.lifecycle = document;
        break;
      case 'automation': {
        const others = next.automations.map((version) =>
          version.graph.id === document.id ? { ...version, live: false } : version,
        );
        const version =
          1 + Math.max(0, ...others.filter((other) => other.graph.id === document.id).map((other) => other.version));
        next.automations = [...others, { version, live: true, graph: document }];
        break;
      }
    }
  }
  return next;
};

/** An unpublishable set: each problem says document, node and path. */
export const invalidDefinitions = (errors: readonly Finding[]): Problem =>
  new Problem(
    422,
    'invalid_definitions',
    `${errors.length === 1 ? 'One problem prevents' : `${errors.length} problems prevent`} publishing.`,
    { errors: [...errors] },
  );

export const findingsOf = (problems: readonly DefinitionProblem[]): Finding[] =>
  problems.map(({ path = '', ...problem }) => ({ ...problem, path }));

/** Throws when the documents cannot be published. */
export const assertPublishable = async (
  db: Queryable,
  documents: readonly Definition[],
): Promise<DefinitionProblem[]> => {
  const problems = await problemsWith(db, documents);
  if (hasErrors(problems)) throw invalidDefinitions(findingsOf(problems));
  return problems;
};

/** Throws when others in force need the document that is to be taken out of force. */
export const assertRemovable = async (db: Queryable, kind: DefinitionKind, id: string): Promise<void> => {
  const current = await definitionsAt(db, await headRevision(db));
  const errors = validate(without(current, kind, id)).filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw invalidDefinitions(findingsOf(errors));
};

const without = (current: Definitions, kind: DefinitionKind, id: string): Definitions => {
  const rest = <T extends { id: string }>(list: readonly T[]): T[] => list.filter((item) => item.id !== id);
  switch (kind) {
    case 'model':
      return { ...current, models: rest(current.models) };
    case 'event_type':
      return { ...current, eventTypes: rest(current.eventTypes) };
    case 'queue':
      return { ...current, queues: rest(current.queues) };
    case 'channel':
      return { ...current, channels: rest(current.channels) };
    case 'lifecycle':
      return { ...current, lifecycle: null };
    case 'automation':
      return {
        ...current,
        automations: current.automations.map((version) =>
          version.graph.id === id ? { ...version, live: false } : version,
        ),
      };
  }
};
