import { hash } from 'node:crypto';
import { plainArray } from '../store/bulk.ts';
import type { Transaction } from '../store/store.ts';

/** 16 bytes of a messageId's hash, written as hex: what `messages` keeps. */
export const messageHash = (messageId: string): string => hash('sha256', messageId).slice(0, 32);

/**
 * Marks messages as accepted, within the transaction that accepts them. Returns the hashes that are new. Inserting in
 * order keeps two batches that share messages from waiting for each other.
 */
export const guardMessages = async (tx: Transaction, hashes: readonly string[]): Promise<Set<string>> => {
  const { rows } = await tx.query<{ id: string }>({
    name: 'guard_messages',
    text: `insert into messages (id) select id from unnest($1::uuid[]) as id order by id
           on conflict do nothing returning replace(id::text, '-', '') as id`,
    values: [plainArray(hashes)],
  });
  return new Set(rows.map((row) => row.id));
};
