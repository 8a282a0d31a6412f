import type { definitionDetailSchema, DefinitionSummary, versionSchema } from '@ripen/shared';
import type { z } from 'zod';
import { definitionHeads, definitionHistory, type DefinitionHead, type DefinitionKind } from '../store/definitions.ts';
import { draftHeads, readDraft, type DraftHead } from '../store/drafts.ts';
import { NotFoundError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';
import { isoDate } from './moments.ts';

const statusOf = (
  published: Pick<DefinitionHead, 'toRevision' | 'endedBy'> | undefined,
): DefinitionSummary['status'] => {
  if (!published) return 'draft';
  if (published.toRevision === null) return 'live';
  return published.endedBy === 'paused' ? 'paused' : 'archived';
};

const summary = (
  kind: DefinitionKind,
  id: string,
  published: DefinitionHead | undefined,
  draft: DraftHead | undefined,
): DefinitionSummary => ({
  kind,
  id,
  name: draft?.name ?? published?.name ?? (kind === 'lifecycle' ? 'Lifecycle' : id),
  description: (draft ?? published)?.description ?? null,
  status: statusOf(published),
  version: published?.version ?? null,
  publishedAt: published ? isoDate(published.publishedAt) : null,
  draft: draft ? { edition: draft.edition, updatedAt: isoDate(draft.updatedAt) } : null,
});

/** Drafts may hold anything. */
const textOf = (document: unknown, key: 'name' | 'description'): string | null => {
  const text: unknown =
    document !== null && typeof document === 'object' && Object.hasOwn(document, key)
      ? (document as Record<string, unknown>)[key]
      : null;
  return typeof text === 'string' ? text : null;
};

const headOf = <Row extends { document: unknown }>(row: Row): Row & Pick<DefinitionHead, 'name' | 'description'> => ({
  ...row,
  name: textOf(row.document, 'name'),
  description: textOf(row.document, 'description'),
});

/** Every document of a kind, published or not, in the order of their ids. */
export const listDefinitions = async (db: Queryable, kind: DefinitionKind): Promise<DefinitionSummary[]> => {
  const [published, drafts] = await Promise.all([definitionHeads(db, kind), draftHeads(db, kind)]);
  const byId = new Map(published.map((row) => [row.id, row]));
  const draftById = new Map(drafts.map((draft) => [draft.id, draft]));
  return [...new Set([...byId.keys(), ...draftById.keys()])]
    .sort()
    .map((id) => summary(kind, id, byId.get(id), draftById.get(id)));
};

/** Throws NotFoundError for a document that was neither published nor drafted. */
export const readDefinition = async (
  db: Queryable,
  kind: DefinitionKind,
  id: string,
): Promise<z.output<typeof definitionDetailSchema>> => {
  const [history, draft] = await Promise.all([definitionHistory(db, kind, id), readDraft(db, kind, id)]);
  const published = history[0];
  if (!published && !draft) throw new NotFoundError(kind, id);
  return {
    ...summary(kind, id, published && headOf(published), draft ? headOf(draft) : undefined),
    document: published ? { ...published.document } : null,
    // Drafts are saved as objects.
    draft: draft
      ? {
          edition: draft.edition,
          updatedAt: isoDate(draft.updatedAt),
          document: draft.document as Record<string, unknown>,
        }
      : null,
  };
};

/** Every stretch in which a version was in force, newest first. */
export const listVersions = async (
  db: Queryable,
  kind: DefinitionKind,
  id: string,
): Promise<z.output<typeof versionSchema>[]> =>
  (await definitionHistory(db, kind, id)).map((row) => ({
    version: row.version,
    fromRevision: row.fromRevision,
    toRevision: row.toRevision,
    endedBy: row.endedBy,
    publishedAt: isoDate(row.publishedAt),
    document: { ...row.document },
    despite: row.despite,
  }));
