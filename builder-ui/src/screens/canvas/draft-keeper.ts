import type { Automation } from '@ripen/shared';

/** What has become of the draft's last change. */
export type DraftState =
  /** Nothing was changed since it was opened. */
  | { kind: 'clean' }
  | { kind: 'waiting' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: number }
  /** It is in this browser, and tried again. */
  | { kind: 'kept'; why: string }
  /** Somebody else saved in between: a person decides. */
  | { kind: 'conflict' };

/** A draft that the server does not have, as it stays in the browser. */
export interface KeptDraft {
  edition: number | null;
  document: unknown;
  at: number;
}

export interface KeeperDeps {
  /** Throws `conflict` for an edition that is not the last one; anything else is tried again. */
  save: (document: Automation, edition: number | null) => Promise<{ edition: number }>;
  isConflict: (error: unknown) => boolean;
  sentenceOf: (error: unknown) => string;
  keep: (draft: KeptDraft) => void;
  forget: () => void;
  now: () => number;
  /** Calls back after so many ms; the answer takes it back. */
  after: (ms: number, call: () => void) => () => void;
}

/** How long typing may pause before it is saved, ms. */
const pauseMs = 800;
/** How often what could not be saved is tried again, ms. */
const retryMs = 4_000;

/** Saves what is drawn, one save at a time, and never loses it: what the server did not take stays in the browser. */
export class DraftKeeper {
  readonly #deps: KeeperDeps;
  readonly #listeners = new Set<() => void>();
  #state: DraftState = { kind: 'clean' };
  #edition: number | null;
  /** As the server has it. */
  #saved: Automation;
  #latest: Automation;
  #cancel: () => void = () => undefined;
  #running: Promise<void> | null = null;

  constructor(deps: KeeperDeps, document: Automation, edition: number | null) {
    this.#deps = deps;
    this.#edition = edition;
    this.#saved = document;
    this.#latest = document;
  }

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };

  readonly state = (): DraftState => this.#state;

  get edition(): number | null {
    return this.#edition;
  }

  /** Whether there is something that the server does not have. */
  get isBehind(): boolean {
    return this.#latest !== this.#saved;
  }

  changed(document: Automation): void {
    if (document === this.#latest) return;
    this.#latest = document;
    if (this.#state.kind === 'conflict') return this.#deps.keep(this.#copy());
    if (this.#running) return;
    if (this.#state.kind === 'kept') this.#deps.keep(this.#copy());
    else this.#set({ kind: 'waiting' });
    this.#schedule(pauseMs);
  }

  /** Saves at once; resolves when the server has all, or it is known that it has not. */
  async flush(): Promise<boolean> {
    this.#cancel();
    await this.#running;
    if (this.isBehind && this.#state.kind !== 'conflict') await this.#save();
    return !this.isBehind;
  }

  /** The document is what the server has under this edition: it was loaded, published or discarded. */
  adopt(document: Automation, edition: number | null): void {
    this.#cancel();
    this.#edition = edition;
    this.#saved = document;
    this.#latest = document;
    this.#deps.forget();
    this.#set({ kind: 'clean' });
  }

  /** Ours replaces what somebody else saved as `edition`. */
  async keepMine(edition: number | null): Promise<void> {
    this.#edition = edition;
    this.#set({ kind: 'waiting' });
    await this.flush();
  }

  /** Before the page goes: what is not saved stays in the browser. */
  leave(): void {
    if (this.isBehind) this.#deps.keep(this.#copy());
  }

  stop(): void {
    this.#cancel();
    this.leave();
  }

  #copy(): KeptDraft {
    return { edition: this.#edition, document: this.#latest, at: this.#deps.now() };
  }

  #schedule(ms: number): void {
    this.#cancel();
    this.#cancel = this.#deps.after(ms, () => void this.#save());
  }

  #save(): Promise<void> {
    this.#running ??= this.#saveOnce().finally(() => {
      this.#running = null;
      if (this.isBehind && this.#state.kind !== 'conflict')
        this.#schedule(this.#state.kind === 'kept' ? retryMs : pauseMs);
    });
    return this.#running;
  }

  async #saveOnce(): Promise<void> {
    const document = this.#latest;
    if (document === this.#saved) return;
    // What could not be saved stays said until it is.
    if (this.#state.kind !== 'kept') this.#set({ kind: 'saving' });
    try {
      const { edition } = await this.#deps.save(document, this.#edition);
      this.#edition = edition;
      this.#saved = document;
      this.#deps.forget();
      this.#set(this.isBehind ? { kind: 'waiting' } : { kind: 'saved', at: this.#deps.now() });
    } catch (error) {
      this.#deps.keep(this.#copy());
      this.#set(
        this.#deps.isConflict(error) ? { kind: 'conflict' } : { kind: 'kept', why: this.#deps.sentenceOf(error) },
      );
    }
  }

  #set(state: DraftState): void {
    this.#state = state;
    for (const tell of this.#listeners) tell();
  }
}
