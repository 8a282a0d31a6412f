import type { Definition } from '@ripen/shared';
import { announce } from './announce.ts';
import { ConflictError } from './errors.ts';
import type { Queryable } from './store.ts';

/** A document being edited. It may be invalid: it is checked when it is published. */
export interface Draft {
  kind: string;
  id: string;
  document: unknown;
  /** Grows with each save: a save names the edition that it changes. */
  edition: number;
  updatedAt: Date;
}

const columns = 'kind, id, document, edition, updated_at as "updatedAt"';

export const readDraft = async (db: Queryable, kind: Definition['kind'], id: string): Promise<Draft | null> => {
  const { rows } = await db.query<Draft>(`select ${columns} from drafts where kind = $1 and id = $2`, [kind, id]);
  return rows[0] ?? null;
};

/** A draft as lists show it. What it says may be of any kind. */
export interface DraftHead extends Pick<Draft, 'id' | 'edition' | 'updatedAt'> {
  name: string | null;
  description: string | null;
}

const textOf = (key: string): string =>
  `case jsonb_typeof(document->'${key}') when 'string' then document->>'${key}' end as ${key}`;

export const draftHeads = async (db: Queryable, kind: Definition['kind']): Promise<DraftHead[]> => {
  const { rows } = await db.query<DraftHead>(
    `select id, edition, updated_at as "updatedAt", ${textOf('name')}, ${textOf('description')}
     from drafts where kind = $1 order by id`,
    [kind],
  );
  return rows;
};

/**
 * Saves a draft. `edition` is the one that was read, null for a new draft; throws ConflictError when somebody else saved
 * in between.
 */
export const saveDraft = async (
  db: Queryable,
  draft: { kind: Definition['kind']; id: string; document: unknown; edition: number | null },
): Promise<Draft> => {
  const values = [draft.kind, draft.id, JSON.stringify(draft.document)];
  const { rows } =
    draft.edition === null
      ? await db.query<Draft>(
          `insert into drafts (kind, id, document) values ($1, $2, $3) on conflict do nothing returning ${columns}`,
          values,
        )
      : await db.query<Draft>(
          `update drafts set document = $3, edition = edition + 1, updated_at = now()
           where kind = $1 and id = $2 and edition = $4 returning ${columns}`,
          [...values, draft.edition],
        );
  const saved = rows[0];
  if (!saved)
    throw new ConflictError(`The draft of ${draft.kind} ${draft.id} was changed by somebody else. Read it again.`);
  await announce(db, { definitions: [draft.id] });
  return saved;
};

export const deleteDraft = async (db: Queryable, kind: Definition['kind'], id: string): Promise<boolean> => {
  const { rowCount } = await db.query('delete from drafts where kind = $1 and id = $2', [kind, id]);
  if (rowCount === 1) await announce(db, { definitions: [id] });
  return rowCount === 1;
};
