import { hash } from 'node:crypto';
import { plainArray } from '../store/bulk.ts';
import { CollisionError, isTaken } from '../store/errors.ts';
import type { Transaction } from '../store/store.ts';

/** 16 bytes of a messageId's hash, written as hex: what `messages` keeps. */
export const messageHash = (messageId: string): string => hash('sha256', messageId).slice(0, 32);

/**
 * Marks messages as accepted, within the transaction that accepts them. Returns the hashes that are new. Nearly all are: those
 * that are not are looked for first, which costs less than an insert that can meet them. Inserting in order keeps two batches
 * that share messages from waiting for each other in a circle. Throws `CollisionError` when another batch was faster with one.
 */
export const guardMessages = async (tx: Transaction, hashes: readonly string[]): Promise<Set<string>> => {
  const fresh = new Set(hashes);
  const { rows } = await tx.query<{ id: string }>({
    name: 'known_messages',
    text: 'select m.id from unnest($1::uuid[]) as u(id) join messages m on m.id = u.id',
    values: [plainArray(hashes)],
  });
  for (const { id } of rows) fresh.delete(id.replaceAll('-', ''));
  if (fresh.size === 0) return fresh;
  try {
    await tx.query({
      name: 'guard_messages',
      text: 'insert into messages (id) select id from unnest($1::uuid[]) as id order by id',
      values: [plainArray([...fresh])],
    });
  } catch (error) {
    if (isTaken(error)) throw new CollisionError('Another batch was faster with a message.');
    throw error;
  }
  return fresh;
};
