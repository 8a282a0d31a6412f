import { goesDown, internalEvents } from '@ripen/shared';
import { openLeads, updateLead } from '../store/leads.ts';
import type { Transaction } from '../store/store.ts';
import type { Changes } from './changes.ts';
import { appendInternal } from './internal.ts';

/**
 * Withdraws leads that nobody accepted yet of contacts that lost their stage because points were undone. Returns the slots of
 * those that are told.
 */
export const withdrawUndone = async (tx: Transaction, changes: Changes, now: number): Promise<number[]> => {
  const voids = new Map<string, string>();
  for (const { contactId, input } of changes.events)
    if (input.type === internalEvents.void)
      voids.set(
        `${contactId} ${input.messageId}`,
        typeof input.properties['reason'] === 'string' ? input.properties['reason'] : '',
      );
  if (voids.size === 0) return [];
  const fallen = new Map<string, string>();
  for (const { contactId, row } of changes.moves) {
    const reason = voids.get(`${contactId} ${row.messageId ?? ''}`);
    const program = changes.stepped.get(contactId)?.program;
    if (reason !== undefined && program && goesDown(program, row)) fallen.set(contactId, reason);
  }
  if (fallen.size === 0) return [];
  const leads = await openLeads(tx, [...fallen.keys()]);
  for (const { id, contactId } of leads) {
    const reason = `Points were undone: ${fallen.get(contactId) ?? ''}`;
    await updateLead(tx, { id, contactId, status: 'withdrawn', reason, value: null, by: null, now });
  }
  return appendInternal(
    tx,
    leads.map(({ id, contactId }) => ({
      contactId,
      type: internalEvents.leadWithdrawn,
      properties: { lead: id, reason: 'points were undone', value: null },
      messageId: `lead:${id}:withdrawn`,
      now,
    })),
  );
};
