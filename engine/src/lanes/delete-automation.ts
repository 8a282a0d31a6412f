import { definitionHistory, definitionsAt, eraseDefinition, lockHead } from '../store/definitions.ts';
import { deleteDraft } from '../store/drafts.ts';
import { ConflictError, NotFoundError } from '../store/errors.ts';
import { eraseInsideActs } from '../store/inside-acts.ts';
import { forgetOrganised } from '../store/organised.ts';
import type { Queryable } from '../store/store.ts';
import type { LaneDeps } from './deps.ts';
import { refuseUsed } from './refuse-used.ts';

/**
 * Takes an automation away for good: one that was never published, or that is archived and that nobody ever entered. Books
 * name what points and runs came of, and replays need it, so all others stay. Throws NotFoundError, ConflictError, and
 * InvalidDefinitionsError when others in force name it.
 */
export const deleteAutomation = ({ store }: Pick<LaneDeps, 'store'>, id: string): Promise<void> =>
  store.transaction(async (tx) => {
    const head = await lockHead(tx);
    const [last] = await definitionHistory(tx, 'automation', id);
    refuseUsed(await definitionsAt(tx, head), 'automation', id);
    if (last) {
      if (last.endedBy !== 'archived')
        throw new ConflictError(
          `"${last.document.kind === 'automation' ? last.document.name : id}" was published. Archive it first.`,
        );
      const entered = await countEntered(tx, id);
      if (entered > 0)
        throw new ConflictError(
          `Contacts went through it ${entered === 1 ? 'once' : `${entered} times`}, and their points and runs name it. It stays archived, out of the way.`,
        );
      await eraseDefinition(tx, 'automation', id);
      await eraseInsideActs(tx, id);
    }
    const hadDraft = await deleteDraft(tx, 'automation', id);
    if (!last && !hadDraft) throw new NotFoundError('automation', id);
    await forgetOrganised(tx, id);
  });

const countEntered = async (db: Queryable, automation: string): Promise<number> => {
  const { rows } = await db.query<{ entered: number | null }>(
    'select sum(entered)::bigint as entered from run_totals where automation = $1',
    [automation],
  );
  return rows[0]?.entered ?? 0;
};
