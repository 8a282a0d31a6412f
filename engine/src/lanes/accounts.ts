import { accountIdOf, tellsOtherwise, type Program, type Subject } from '@ripen/shared';
import { markAccounts, writeMemberships, type Membership } from '../store/accounts.ts';
import type { Queryable } from '../store/store.ts';
import type { Changes } from './changes.ts';

/** Whether what a contact brings to its account's scores may have changed. */
const bringsOtherwise = ({ accountSources }: Program, before: Subject, after: Subject): boolean => {
  for (const { model, always } of accountSources)
    if (always || before.models[model] !== after.models[model]) return true;
  return false;
};

/** Of a rebuilt contact nobody remembers what it was before. */
const isRebuilt = (before: Subject, after: Subject): boolean => before.revision === -1 && after.generation > 1;

/**
 * Writes beside the states of a batch which accounts are to be looked at again: those whose contacts came, went, or say or
 * bring something else. Contacts without an account, and scores that no account model looks at, cost nothing here.
 */
export const noteAccounts = async (tx: Queryable, { stepped }: Pick<Changes, 'stepped'>): Promise<void> => {
  const memberships: Membership[] = [];
  const marked = new Set<string>();
  for (const { contact, before, program } of stepped.values()) {
    if (contact.absorbed) continue;
    const after = contact.subject;
    if (isRebuilt(before, after) || tellsOtherwise(before.fields, after.fields)) {
      memberships.push({ contactId: contact.id, accountId: accountIdOf(after.fields) });
    } else if (program.accountSources.length > 0 && bringsOtherwise(program, before, after)) {
      const account = accountIdOf(after.fields);
      if (account !== null) marked.add(account);
    }
  }
  memberships.sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
  await writeMemberships(tx, memberships);
  await markAccounts(tx, [...marked]);
};
