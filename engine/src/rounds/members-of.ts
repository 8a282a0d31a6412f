import type { Condition, Question } from '@ripen/shared';
import type { AskedContacts, ContactsQuery } from '../read/contact-filters.ts';
import { narrowed, narrowedQuery } from '../read/segments.ts';
import type { Workspace } from '../read/workspace.ts';
import type { Store } from '../store/store.ts';

/** All of nothing holds. */
const everybody: Condition = { kind: 'all', of: [] };
const anyCards: AskedContacts = { limit: 1, sort: 'newest' };

/** Whom a program is about, as what is asked of each contact and the cards of those who come into question. */
export const membersOf = async (
  store: Store,
  workspace: Workspace,
  who: Condition | undefined,
): Promise<{ question: Question; query: ContactsQuery }> => {
  const { question, ...narrow } = narrowed(workspace, who ?? everybody);
  return { question, query: await narrowedQuery(store, anyCards, narrow) };
};
