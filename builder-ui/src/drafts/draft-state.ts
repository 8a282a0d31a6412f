/** A document as it was read; a corrupt one cannot be shown. */
export type Read<Document> = { kind: 'document'; document: Document } | { kind: 'corrupt'; why: string };

/** What the server has. */
export interface Remote {
  /** What is to be edited: the draft, else what is published. */
  document: unknown;
  /** Null where there is no draft. */
  draft: { edition: number; updatedAt: string } | null;
}

/** How what is on the screen stands to what the server has. */
export type Saving =
  /** The same; without `at` as published. */
  | { kind: 'saved'; at: string | null }
  /** It will be saved in a moment. */
  | { kind: 'pending' }
  | { kind: 'saving' }
  /** It could not be saved; it is tried again by itself. */
  | { kind: 'waiting'; error: unknown }
  /** The server does not take it as it is. */
  | { kind: 'refused'; error: unknown }
  /** Somebody else saved in between: people decide. */
  | { kind: 'conflict'; theirs: Remote };

export type DraftState<Document> =
  | { kind: 'closed' }
  | { kind: 'corrupt'; why: string; remote: Remote }
  | {
      kind: 'open';
      document: Document;
      saving: Saving;
      /** Grows whenever a document from elsewhere took over: an editor that keeps its own loads it then. */
      takeovers: number;
      /** What was left unsaved the last time was brought back. */
      recovered: boolean;
    };
