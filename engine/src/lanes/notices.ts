import type { InAppChannel, Role } from '@ripen/shared';
import { liveDefinitions } from '../store/definitions.ts';
import { insertNotices, type NewNotice } from '../store/notices.ts';
import type { Queryable, Store } from '../store/store.ts';

type To = InAppChannel['to'];

/** Nobody is there to be told; the sentence says why, and what to do. */
export class NobodyToTellError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'NobodyToTellError';
  }
}

/** Tells people inside the product, each once, whatever is tried again. Throws NobodyToTellError. */
export const giveNotice = (store: Store, to: To, notice: Omit<NewNotice, 'leadId'>): Promise<void> =>
  store.transaction(async (tx) => {
    const lead = await openLead(tx, notice.contactId);
    const people = await peopleFor(tx, to, lead);
    await insertNotices(tx, people, { ...notice, leadId: lead?.id ?? null });
  });

interface Lead {
  id: string;
  queue: string;
  rep: string | null;
}

const openLead = async (db: Queryable, contactId: string): Promise<Lead | undefined> =>
  (
    await db.query<Lead & Record<string, unknown>>(
      `select id, queue, rep from leads where contact_id = $1 and status in ('open', 'accepted')`,
      [contactId],
    )
  ).rows[0];

const peopleFor = async (db: Queryable, to: To, lead: Lead | undefined): Promise<string[]> => {
  switch (to.kind) {
    case 'role': {
      const ids = await idsOf(db, 'role', to.role);
      if (ids.length === 0) throw new NobodyToTellError(`Nobody has the role ${roleWords[to.role]}. Add people to it.`);
      return ids;
    }
    case 'person': {
      const ids = await idsOf(db, 'email', to.email.toLowerCase());
      if (ids.length === 0)
        throw new NobodyToTellError(`Nobody signs in with ${to.email}. Change the channel, or add the person.`);
      return ids;
    }
    case 'lead_owner':
      return ownerOf(db, lead);
  }
};

const roleWords: Readonly<Record<Role, string>> = { marketer: 'marketer', sales: 'sales', admin: 'admin' };

const ownerOf = async (db: Queryable, lead: Lead | undefined): Promise<string[]> => {
  if (!lead) throw new NobodyToTellError('The contact is no open lead, so nobody owns it. Route it to sales first.');
  for (const { document } of await liveDefinitions(db, 'queue')) {
    if (document.kind !== 'queue' || document.id !== lead.queue) continue;
    const rep = document.reps.find(({ id }) => id === lead.rep);
    if (!rep) break;
    if (rep.email === undefined)
      throw new NobodyToTellError(`${rep.name} has no e-mail address in the queue "${document.name}". Add it there.`);
    const ids = await idsOf(db, 'email', rep.email.toLowerCase());
    if (ids.length > 0) return ids;
    throw new NobodyToTellError(`${rep.name} owns the lead, and nobody signs in with ${rep.email}. Add the person.`);
  }
  throw new NobodyToTellError('The lead has no owner any more. Hand it to somebody.');
};

const idsOf = async (db: Queryable, column: 'role' | 'email', value: string): Promise<string[]> => {
  const { rows } = await db.query<{ id: string }>(`select id from people where ${column} = $1 order by id`, [value]);
  return rows.map(({ id }) => id);
};
