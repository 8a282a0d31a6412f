import { ApiProblem } from '../api/client.ts';
import type { DraftState, Read, Remote, Saving } from './draft-state.ts';
import type { LocalCopy } from './local-copy.ts';
import { same } from './same.ts';

/** How long after the last change it is saved, and after a failure tried again, ms. */
const quietMs = 800;
const retryMs = 5_000;

export interface DraftDeps<Document> {
  read: (raw: unknown) => Read<Document>;
  /** Throws ApiProblem; 409 when `edition` is not the one that the server has. */
  save: (document: Document, edition: number | null) => Promise<{ edition: number; updatedAt: string }>;
  load: () => Promise<Remote>;
  copy: LocalCopy;
  /** Runs `work` after so many ms; the answer calls it off. */
  after: (ms: number, work: () => void) => () => void;
}

const isTemporary = (error: unknown): boolean =>
  !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500 || [401, 408, 429].includes(error.status);

/**
 * A draft being edited: saves it as it changes, keeps a copy in the browser until the server has it, and notices what others
 * do to it. Knows nothing of how it is shown.
 */
export class DraftSession<Document> {
  #state: DraftState<Document> = { kind: 'closed' };
  /** The edition that the document changes. */
  #edition: number | null = null;
  #savedAt: string | null = null;
  #inFlight: Promise<void> | null = null;
  #timer: (() => void) | null = null;
  #watched = false;
  readonly #listeners = new Set<() => void>();
  readonly #deps: DraftDeps<Document>;

  constructor(deps: DraftDeps<Document>) {
    this.#deps = deps;
  }

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };

  readonly state = (): DraftState<Document> => this.#state;

  /** What the server has, as far as is known: opens the draft, or brings in what others did. */
  readonly remote = (remote: Remote): void => {
    const state = this.#state;
    if (state.kind !== 'open') return this.#open(remote);
    if (this.#inFlight || this.#isOurs(remote)) return;
    if (same(remote.document, state.document)) return this.#agree(remote);
    if (state.saving.kind === 'saved') return this.#takeOver(remote);
    this.#stopTimer();
    this.#set({ saving: { kind: 'conflict', theirs: remote } });
  };

  /** What is on the screen now. Saved a moment after the last change. */
  readonly change = (document: Document): void => {
    const state = this.#state;
    if (state.kind !== 'open' || state.document === document) return;
    this.#deps.copy.write({ document, edition: this.#edition });
    if (state.saving.kind === 'conflict') return this.#set({ document });
    this.#set({ document, saving: this.#inFlight ? state.saving : { kind: 'pending' } });
    if (!this.#inFlight) this.#saveAfter(quietMs);
  };

  /** Saves what is not saved yet. Throws what prevents it. */
  readonly flush = async (): Promise<void> => {
    for (;;) {
      if (this.#inFlight) await this.#inFlight;
      const saving = this.#saving();
      if (saving === null || saving.kind === 'saved') return;
      if (saving.kind === 'conflict')
        throw new ApiProblem(409, 'conflict', 'Somebody else changed this draft. Choose which version stays first.');
      await this.#save();
      const after = this.#saving();
      if (after?.kind === 'waiting' || after?.kind === 'refused') throw after.error;
    }
  };

  /** Tries again now. */
  readonly retry = (): void => {
    const saving = this.#saving();
    if (saving?.kind === 'waiting' || saving?.kind === 'refused') void this.#save();
  };

  /** Of two versions, this one stays. */
  readonly keepMine = (): void => {
    const saving = this.#saving();
    if (saving?.kind !== 'conflict') return;
    this.#edition = saving.theirs.draft?.edition ?? null;
    this.#set({ saving: { kind: 'pending' } });
    void this.#save();
  };

  /** Of two versions, the other one stays. */
  readonly takeTheirs = (): void => {
    const saving = this.#saving();
    if (saving?.kind === 'conflict') this.#takeOver(saving.theirs);
  };

  /**
   * The draft is gone from the server: published, or discarded. `remote` is what is in force. What was typed since the last
   * save becomes a new draft, or goes too.
   */
  readonly restart = (remote: Remote, whatWasTyped: 'keep' | 'drop'): void => {
    this.#stopTimer();
    if (whatWasTyped === 'keep' && this.#saving()?.kind === 'pending') {
      this.#mark(remote);
      return this.#saveAfter(quietMs);
    }
    if (this.#state.kind === 'open' && same(remote.document, this.#state.document)) this.#agree(remote);
    else this.#takeOver(remote);
  };

  /** The definition is gone altogether, and what was typed with it. */
  readonly drop = (): void => {
    this.#stopTimer();
    this.#deps.copy.clear();
    this.#become({ kind: 'closed' });
  };

  /** Somebody looks. */
  readonly enter = (): void => {
    this.#watched = true;
  };

  /** Nobody looks any more: what is not saved is saved now, once; if that fails the copy in the browser has it. */
  readonly leave = (): void => {
    this.#watched = false;
    const saving = this.#saving();
    if (saving?.kind === 'pending' || saving?.kind === 'waiting') void this.#save();
    this.#stopTimer();
  };

  #open(remote: Remote): void {
    const copied = this.#deps.copy.read();
    const theirs = this.#deps.read(remote.document);
    const mine = copied && !same(copied.document, remote.document) ? this.#deps.read(copied.document) : null;
    this.#mark(remote);
    if (mine?.kind === 'document') {
      const base = { kind: 'open' as const, document: mine.document, takeovers: 0, recovered: true };
      if (copied?.edition === this.#edition) {
        this.#become({ ...base, saving: { kind: 'pending' } });
        this.#saveAfter(quietMs);
      } else this.#become({ ...base, saving: { kind: 'conflict', theirs: remote } });
      return;
    }
    this.#deps.copy.clear();
    if (theirs.kind === 'corrupt') return this.#become({ kind: 'corrupt', why: theirs.why, remote });
    this.#become({
      kind: 'open',
      document: theirs.document,
      saving: { kind: 'saved', at: this.#savedAt },
      takeovers: 0,
      recovered: false,
    });
  }

  #takeOver(remote: Remote): void {
    const theirs = this.#deps.read(remote.document);
    this.#mark(remote);
    this.#deps.copy.clear();
    const takeovers = this.#state.kind === 'open' ? this.#state.takeovers + 1 : 1;
    if (theirs.kind === 'corrupt') return this.#become({ kind: 'corrupt', why: theirs.why, remote });
    this.#become({
      kind: 'open',
      document: theirs.document,
      saving: { kind: 'saved', at: this.#savedAt },
      takeovers,
      recovered: false,
    });
  }

  /** The server has the very document that is on the screen. */
  #agree(remote: Remote): void {
    this.#stopTimer();
    this.#mark(remote);
    this.#deps.copy.clear();
    this.#set({ saving: { kind: 'saved', at: this.#savedAt } });
  }

  #save(): Promise<void> {
    this.#inFlight ??= this.#saveNow().finally(() => {
      this.#inFlight = null;
      if (this.#saving()?.kind === 'pending') this.#saveAfter(quietMs);
    });
    return this.#inFlight;
  }

  async #saveNow(): Promise<void> {
    this.#stopTimer();
    if (this.#state.kind !== 'open') return;
    const { document } = this.#state;
    this.#set({ saving: { kind: 'saving' } });
    try {
      const saved = await this.#deps.save(document, this.#edition);
      this.#edition = saved.edition;
      this.#savedAt = saved.updatedAt;
      this.#afterSaving(document, { kind: 'saved', at: saved.updatedAt });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 409) return this.#settleConflict();
      if (!isTemporary(error)) return this.#afterSaving(document, { kind: 'refused', error });
      this.#set({ saving: { kind: 'waiting', error } });
      this.#saveAfter(retryMs);
    }
  }

  async #settleConflict(): Promise<void> {
    try {
      const theirs = await this.#deps.load();
      if (this.#state.kind !== 'open') return;
      if (same(theirs.document, this.#state.document)) return this.#agree(theirs);
      this.#set({ saving: { kind: 'conflict', theirs } });
    } catch (error) {
      this.#set({ saving: { kind: 'waiting', error } });
      this.#saveAfter(retryMs);
    }
  }

  /** What was typed meanwhile is yet to be saved. */
  #afterSaving(document: Document, saving: Saving): void {
    if (this.#state.kind !== 'open') return;
    if (this.#state.document !== document) {
      this.#deps.copy.write({ document: this.#state.document, edition: this.#edition });
      return this.#set({ saving: { kind: 'pending' } });
    }
    if (saving.kind === 'saved') this.#deps.copy.clear();
    this.#set({ saving });
  }

  /** Answers that were asked for before the last save are older than what is on the screen. */
  #isOurs({ draft }: Remote): boolean {
    if (draft === null) return this.#edition === null;
    return this.#savedAt !== null && draft.updatedAt <= this.#savedAt;
  }

  #mark({ draft }: Remote): void {
    this.#edition = draft?.edition ?? null;
    this.#savedAt = draft?.updatedAt ?? null;
  }

  #saveAfter(ms: number): void {
    this.#stopTimer();
    if (!this.#watched) return;
    this.#timer = this.#deps.after(ms, () => {
      this.#timer = null;
      void this.#save();
    });
  }

  #stopTimer(): void {
    this.#timer?.();
    this.#timer = null;
  }

  #saving(): Saving | null {
    return this.#state.kind === 'open' ? this.#state.saving : null;
  }

  #set(change: { document?: Document; saving?: Saving }): void {
    if (this.#state.kind === 'open') this.#become({ ...this.#state, ...change });
  }

  #become(state: DraftState<Document>): void {
    this.#state = state;
    for (const tell of this.#listeners) tell();
  }
}
