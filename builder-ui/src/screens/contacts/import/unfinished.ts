import { z } from 'zod';

const recordSchema = z.object({
  load: z.string(),
  file: z.string(),
  /** Events that the server has answered for, in sorted order. */
  sent: z.number().int().min(0),
  duplicates: z.number().int().min(0),
  total: z.number().int().min(0),
});
/** An import that was begun and not ended, as this browser remembers it. */
export type Unfinished = z.infer<typeof recordSchema>;

const prefix = 'ripen import ';

/** Where unfinished imports are remembered by their key; a browser that keeps nothing forgets them. */
export const readUnfinished = (key: string): Unfinished | null => {
  try {
    return recordSchema.parse(JSON.parse(localStorage.getItem(prefix + key) ?? 'null'));
  } catch {
    // Nothing kept, or nothing readable: everything is sent anew, and nothing counts twice.
    return null;
  }
};

export const keepUnfinished = (key: string, record: Unfinished): void => {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(record));
  } catch {
    // A full or closed store costs the place to go on from, no event.
  }
};

export const forgetUnfinished = (key: string): void => {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // It could not be kept either.
  }
};
