import { setTimeout as pause } from 'node:timers/promises';
import { deleteGenerations, deleteOutdated, takeOutdated } from '../store/outdated.ts';
import type { Store } from '../store/store.ts';

export interface RemovingOptions {
  signal?: AbortSignal;
  /** Whoever reads a contact's books read its state before: long enough that nobody is still at it. Default: a minute. */
  olderThanMs?: number;
  /** Most rows of one transaction. */
  rowsAtOnce?: number;
}

/** Contacts of one transaction. */
const contactsAtOnce = 200;

/**
 * Removes generations of the books that rebuilds and merges have replaced, some thousand rows at a time, with as long a rest
 * after each time as it took: live events come first. Whoever is stopped in between has lost nothing; several may be at it.
 * Returns the number of rows removed, when none is left that is old enough or the signal says stop.
 */
export const removeOutdated = async (
  { store }: { store: Store },
  { signal, olderThanMs = 60_000, rowsAtOnce = 4_000 }: RemovingOptions = {},
): Promise<number> => {
  let removed = 0;
  while (!signal?.aborted) {
    const from = performance.now();
    const rows = await store.transaction(async (tx) => {
      const notes = await takeOutdated(tx, { olderThanMs, limit: contactsAtOnce });
      if (notes.length === 0) return null;
      const deleted = await deleteGenerations(tx, notes, rowsAtOnce);
      // With a long past there is more: the notes stay.
      if (deleted < rowsAtOnce) await deleteOutdated(tx, notes);
      return deleted;
    }, begin);
    if (rows === null) break;
    removed += rows;
    await pause(performance.now() - from, undefined, { signal }).catch(() => undefined);
  }
  return removed;
};

/** By index, whatever the tables held when they were last analysed. */
const begin =
  'begin; set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off; set local jit = off';
