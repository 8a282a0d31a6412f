import { isRecord } from '../../document/read.ts';
import type { KeptDraft } from './draft-keeper.ts';

const keyOf = (id: string): string => `ripen.draft.${id}`;

/** A draft that an earlier visit could not save. Null when there is none that can be read. */
export const readKept = (id: string): KeptDraft | null => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(id)) ?? 'null');
    if (!isRecord(kept)) return null;
    const { edition, document, at } = kept;
    return (edition === null || typeof edition === 'number') && typeof at === 'number'
      ? { edition, document, at }
      : null;
  } catch {
    return null;
  }
};

export const writeKept = (id: string, draft: KeptDraft): void => {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(draft));
  } catch {
    // Full or forbidden: the draft is still on the screen, and is tried again.
  }
};

export const forgetKept = (id: string): void => localStorage.removeItem(keyOf(id));
