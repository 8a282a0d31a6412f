import { slotOf } from '@ripen/shared';
import type { ContactRow } from '../store/contacts.ts';
import type { InboxRow } from '../store/inbox.ts';

export type EventRow = Extract<InboxRow, { kind: 'event' }>;
export type SpecialRow = Exclude<InboxRow, { kind: 'event' }>;

/** What a batch does for one contact. */
export interface ContactWork {
  contact: ContactRow;
  /** Definitions that all of its inputs are stepped under. */
  revision: number;
  events: EventRow[];
  /** Whether time goes on to the present after the events. */
  tick: boolean;
}

/** Claimed rows, sorted out. */
export interface Sorted {
  works: Map<string, ContactWork>;
  /** Merges and rebuilds: each is all that is done for its contact in this batch. */
  specials: { contact: ContactRow; row: SpecialRow }[];
  /** For a later batch: what comes after a special row or a change of definitions, and what belongs to another contact. */
  returned: InboxRow[];
  /** Rows of contacts that do not exist. */
  orphans: InboxRow[];
}

/**
 * Sorts claimed rows out by contact, in order. One contact is stepped under one revision per batch, because the past that
 * is loaded for it depends on the definitions; definitions never go back for a contact, whatever row was late.
 */
export const sortRows = (rows: readonly InboxRow[], contacts: ReadonlyMap<string, ContactRow>): Sorted => {
  const sorted: Sorted = { works: new Map(), specials: [], returned: [], orphans: [] };
  const closed = new Set<string>();
  for (const row of rows) {
    const contact = contacts.get(row.contactId);
    if (!contact) {
      sorted.orphans.push(row);
    } else if (contact.absorbed) {
      // The merge has been seen already: a second notice of it says nothing new.
      if (row.kind !== 'absorb') sorted.returned.push(forSurvivor(row, contact));
    } else if (closed.has(contact.id)) {
      sorted.returned.push(row);
    } else if (row.kind !== 'event') {
      closed.add(contact.id);
      if (sorted.works.has(contact.id)) sorted.returned.push(row);
      else sorted.specials.push({ contact, row });
    } else if (!addEvent(sorted.works, contact, row)) {
      closed.add(contact.id);
      sorted.returned.push(row);
    }
  }
  return sorted;
};

const addEvent = (works: Map<string, ContactWork>, contact: ContactRow, row: EventRow): boolean => {
  const work = works.get(contact.id);
  if (!work) {
    works.set(contact.id, {
      contact,
      revision: Math.max(row.revision, contact.subject.revision),
      events: [row],
      tick: false,
    });
    return true;
  }
  if (row.revision > work.revision) return false;
  work.events.push(row);
  return true;
};

const forSurvivor = (row: InboxRow, contact: ContactRow): InboxRow => {
  const survivor = contact.mergedInto;
  if (survivor === null) throw new Error(`Contact ${contact.id} is absorbed, but by nobody.`);
  return { ...row, contactId: survivor, slot: slotOf(survivor) };
};
