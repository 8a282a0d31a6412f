import {
  definitionSchema,
  validate,
  withDraft,
  type Definition,
  type Definitions,
  type Problem as DefinitionProblem,
} from '@ripen/shared';
import type { z } from 'zod';
import { definitionIdOf, definitionsAt, headRevision } from '../store/definitions.ts';
import { newErrors } from '../lanes/publish.ts';
import { scenarioProblems } from '../lanes/scenarios.ts';
import type { Queryable } from '../store/store.ts';
import type { ProblemItem } from './problem.ts';

/** Reads a document as its kind; what is wrong comes as problem items that say where. */
export const readDocument = (
  document: Record<string, unknown>,
  place: { kind?: string; id?: string; path: string },
): { document: Definition } | { errors: ProblemItem[] } => {
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
): ProblemItem => {
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

/** What the tests say that documents bring with them or could make go another way, put among those in force. Nothing is run of a set that has errors. */
export const failingTests = async (db: Queryable, documents: readonly Definition[]): Promise<DefinitionProblem[]> => {
  if (!documents.some(concernsTests)) return [];
  const before = await definitionsAt(db, await headRevision(db));
  const after = withDocuments(before, documents);
  return newErrors(before, after).length > 0 ? [] : scenarioProblems(documents, { before, after });
};

/** Whether its publication can make tests of automations go another way. */
export const concernsTests = (document: Definition): boolean =>
  document.kind === 'automation'
    ? (document.scenarios ?? []).length > 0
    : document.kind === 'model' || document.kind === 'lifecycle' || document.kind === 'segment';

/** What the core says about documents put among those in force: the errors that they bring, and warnings about them. */
export const problemsWith = async (db: Queryable, documents: readonly Definition[]): Promise<DefinitionProblem[]> => {
  const current = await definitionsAt(db, await headRevision(db));
  const named = new Set(documents.map((document) => `${document.kind}/${definitionIdOf(document)}`));
  const after = withDocuments(current, documents);
  const warnings = validate(after).filter(
    (problem) => problem.severity === 'warning' && named.has(`${problem.document.kind}/${problem.document.id}`),
  );
  return [...newErrors(current, after), ...warnings];
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
      case 'field':
        next.fields = replace(next.fields, document);
        break;
      case 'queue':
        next.queues = replace(next.queues, document);
        break;
      case 'channel':
        next.channels = replace(next.channels, document);
        break;
      case 'segment':
        next.segments = replace(next.segments, document);
        break;
      case 'maintenance_program':
        next.maintenance = replace(next.maintenance, document);
        break;
      case 'account_model':
        next.accountModels = replace(next.accountModels, document);
        break;
      case 'lifecycle':
        next.lifecycle = document;
        break;
      case 'automation':
        next.automations = withDraft(next, document).automations;
        break;
    }
  }
  return next;
};
