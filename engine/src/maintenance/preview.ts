import { wouldChange, type MaintenancePreview, type MaintenanceProgram } from '@ripen/shared';
import { countCards } from '../read/contact-count.ts';
import { listFitting } from '../read/contact-list.ts';
import { countMembers } from '../read/members.ts';
import type { Patience } from '../read/patience.ts';
import type { Workspace } from '../read/workspace.ts';
import type { Store } from '../store/store.ts';
import { membersOf } from '../rounds/members-of.ts';

/** How many contacts a preview shows. */
const shown = 5;

/** Whom a run would be about and how many of them it would change, at a moment; from a sample where there are too many to count. */
export const previewMaintenance = async (
  store: Store,
  workspace: Workspace,
  { who, actions }: Pick<MaintenanceProgram, 'who' | 'actions'>,
  at: number,
  { walkMs, countMs }: Patience,
): Promise<MaintenancePreview> => {
  const { question, query } = await membersOf(store, workspace, who);
  const changed = {
    ...question,
    holds: (...[subject, facts, moment]: Parameters<typeof question.holds>): boolean =>
      question.holds(subject, facts, moment) && wouldChange(workspace.program, subject, actions, moment),
  };
  const cards = await countCards(store, query);
  const none = { count: 0, exact: true };
  const [members = none, changing = none] = await countMembers(
    store.pool,
    [question, changed],
    query,
    cards,
    at,
    countMs,
  );
  const { items } = await listFitting(store, workspace, { limit: shown, sort: 'newest' }, who ?? null, at, {
    walkMs: walkMs / 2,
    // They are counted already.
    countMs: 0,
  });
  return { members, changing, items };
};
