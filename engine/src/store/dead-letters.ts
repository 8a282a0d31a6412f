import { announce } from './announce.ts';
import { bulkInsert } from './bulk.ts';
import type { Queryable } from './store.ts';

/** Something that could not be applied, with its reason. */
export interface DeadLetter {
  contactId: string;
  slot: number;
  messageId: string | null;
  revision: number;
  receivedAt: number;
  /** The inbox item: `{ kind, body }`; a tick is `{ kind: 'tick', body: { to } }`. */
  body: unknown;
  error: string;
}

const letters = bulkInsert<DeadLetter>('dead_letters', {
  contact_id: { type: 'uuid', of: (letter) => letter.contactId },
  slot: { type: 'smallint', of: (letter) => letter.slot },
  message_id: { type: 'text', of: (letter) => letter.messageId?.replaceAll('\u0000', '\uFFFD') },
  revision: { type: 'bigint', of: (letter) => letter.revision },
  received_at: { type: 'bigint', of: (letter) => letter.receivedAt },
  body: { type: 'json', of: (letter) => letter.body },
  error: { type: 'text', of: (letter) => letter.error.replaceAll('\u0000', '\uFFFD') },
});

export const insertDeadLetters = async (tx: Queryable, rows: readonly DeadLetter[]): Promise<void> => {
  if (rows.length === 0) return;
  await letters.run(tx, rows);
  await announce(tx, { operations: null });
};
