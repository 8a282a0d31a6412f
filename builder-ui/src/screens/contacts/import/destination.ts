import type { BatchRoom, SortedEvent } from '@ripen/shared/import';
import type { ReadFile } from './read-file.ts';

/** What came of an import. */
export type ImportReport =
  | {
      of: 'contacts';
      contacts: number | null;
      /** New ones; those that were there before are `duplicates`. */
      events: number;
      duplicates: number;
      refused: number;
    }
  | {
      of: 'accounts';
      /** Null: too many to be counted here. */
      accounts: number | null;
      /** Of these, those that no contact belongs to yet. */
      withoutContacts: number;
      refused: number;
    };

/** What a destination may do while it works. */
export interface Work {
  file: string;
  /** Does something until it works or never will. */
  lasting: <T>(act: () => Promise<T>) => Promise<T>;
  wait: (ms: number) => Promise<void>;
  /** All is sent; so many are to be applied still. */
  applying: (left: number) => void;
}

/** Where what was read of a file goes. */
export interface Destination {
  /** What a batch may hold. */
  readonly room: BatchRoom;
  /** Begins, or goes on with what was begun; returns how many were taken already: the first ones. */
  begin(read: ReadFile, work: Work): Promise<number>;
  /** Nothing could be used. */
  endEmpty(read: ReadFile, work: Work): Promise<void>;
  /** Returns those that were not taken, with the reasons. */
  send(batch: readonly SortedEvent[], work: Work): Promise<readonly { index: number; message: string }[]>;
  end(read: ReadFile, work: Work): Promise<ImportReport>;
  /** Gives up what was begun; what was taken stays. */
  cancel(): Promise<void>;
}
