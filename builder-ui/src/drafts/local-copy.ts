import { thisTab } from './this-tab.ts';

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

interface Found extends Copied {
  name: string;
  text: string;
  /** When it was written, ms. */
  at: number;
}

/**
 * A copy in the browser's storage. Each tab writes its own, so that two that are offline keep what was typed in both; it reads
 * its own, else the newest that another left behind. A full or forbidden storage keeps nothing: the server is where drafts live.
 */
export const createLocalCopy = (
  key: string,
  { storage = window.localStorage, tab = thisTab() }: { storage?: Storage; tab?: string } = {},
): LocalCopy => {
  const own = `${key}@${tab}`;
  /** What another tab left and is edited here now. */
  let adopted: Found | null = null;

  const left = (): Found | null =>
    Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
      .filter((name) => name.startsWith(`${key}@`))
      .map((name) => found(storage, name))
      .reduce((newest, one) => (newest === null || (one !== null && one.at > newest.at) ? one : newest), null);

  return {
    read: () =>
      attempt(() => {
        const mine = found(storage, own);
        if (mine === null) adopted = left();
        return mine ?? adopted;
      }),
    write: (copied) => void attempt(() => storage.setItem(own, JSON.stringify({ ...copied, at: Date.now() }))),
    clear: () =>
      void attempt(() => {
        storage.removeItem(own);
        // If it has changed, somebody goes on typing there.
        if (adopted && storage.getItem(adopted.name) === adopted.text) storage.removeItem(adopted.name);
        adopted = null;
      }),
  };
};

const attempt = <Result>(work: () => Result): Result | null => {
  try {
    return work();
  } catch {
    return null;
  }
};

const found = (storage: Storage, name: string): Found | null =>
  attempt(() => {
    const text = storage.getItem(name);
    if (text === null) return null;
    const copied = JSON.parse(text) as Partial<Found> | null; // Checked here, as far as it matters.
    if (!copied || typeof copied !== 'object' || !('document' in copied)) return null;
    const { document, edition, at } = copied;
    return { name, text, document, edition: typeof edition === 'number' ? edition : null, at: Number(at) || 0 };
  });
