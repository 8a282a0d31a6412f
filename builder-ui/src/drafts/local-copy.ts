/** What was typed and is not on the server yet, with the edition that it changes. */
export interface Copied {
  document: unknown;
  edition: number | null;
}

/** Keeps what is not saved yet over reloads, crashes and lost connections. */
export interface LocalCopy {
  read(): Copied | null;
  write(copied: Copied): void;
  clear(): void;
}

/** A copy in the browser's storage. A full or forbidden storage keeps nothing: the server is where drafts live. */
export const createLocalCopy = (key: string, storage: Storage = window.localStorage): LocalCopy => ({
  read: () => {
    try {
      const text = storage.getItem(key);
      if (text === null) return null;
      const copied = JSON.parse(text) as Partial<Copied> | null; // Checked below, as far as it matters.
      if (!copied || typeof copied !== 'object' || !('document' in copied)) return null;
      return { document: copied.document, edition: typeof copied.edition === 'number' ? copied.edition : null };
    } catch {
      return null;
    }
  },
  write: (copied) => {
    try {
      storage.setItem(key, JSON.stringify(copied));
    } catch {
      // See above.
    }
  },
  clear: () => {
    try {
      storage.removeItem(key);
    } catch {
      // See above.
    }
  },
});
