import { slotOf } from '@ripen/shared';
import { endMembership } from '../store/accounts.ts';
import { deleteCard } from '../store/cards.ts';
import { markAbsorbed, type ContactRow } from '../store/contacts.ts';
import { deleteDue } from '../store/dues.ts';
import { acceptArrivals } from '../store/inbox.ts';
import type { Transaction } from '../store/store.ts';
import type { LaneDeps } from './deps.ts';
import { rebuild } from './rebuild.ts';
import type { SpecialRow } from './work.ts';

/** What a special row led to, for whoever has to be woken. */
export interface SpecialOutcome {
  outbox: number;
  handedTo: number[];
}

/**
 * Merging passes a message between two lanes, so that no transaction crosses them. The lane of the contact that goes takes
 * note (`absorb`): from then on nothing is applied to it, and what still arrives for it is handed on. Then the lane of the
 * one that stays (`merge`) takes its arrivals over and rebuilds.
 */
export const applySpecial = async (
  deps: LaneDeps,
  tx: Transaction,
  contact: ContactRow,
  row: SpecialRow,
  now: number,
): Promise<SpecialOutcome> => {
  switch (row.kind) {
    case 'absorb':
      return absorb(tx, contact, row);
    case 'merge':
      return { outbox: await rebuild(deps, tx, { contact, now, absorbed: row.body }), handedTo: [] };
    case 'rebuild':
      return { outbox: await rebuild(deps, tx, { contact, now, absorbed: null }), handedTo: [] };
  }
};

const absorb = async (
  tx: Transaction,
  contact: ContactRow,
  row: Extract<SpecialRow, { kind: 'absorb' }>,
): Promise<SpecialOutcome> => {
  const survivor = contact.mergedInto ?? row.body.into;
  if (survivor === contact.id || !(await markAbsorbed(tx, contact.id, survivor))) return { outbox: 0, handedTo: [] };
  await deleteDue(tx, contact.id);
  await deleteCard(tx, contact.id);
  await endMembership(tx, contact.id);
  const { clock, generation } = contact.subject;
  const { revision, receivedAt, importId } = row;
  const body = { from: contact.id, clock, generation };
  const slot = slotOf(survivor);
  await acceptArrivals(tx, [{ kind: 'merge', contactId: survivor, slot, revision, receivedAt, importId, body }]);
  return { outbox: 0, handedTo: [slot] };
};
