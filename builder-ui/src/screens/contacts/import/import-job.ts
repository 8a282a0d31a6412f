import { BatchRoom, unpacked, type Refusal, type SortedEvent } from '@ripen/shared/import';
import type { Accepted } from '@ripen/shared';
import { ApiProblem, sentenceOf } from '../../../api/client.ts';
import type { HistoricalLoad } from '../../../api/imports.ts';
import { readFile, type ReadFile, type Reading } from './read-file.ts';
import { forgetUnfinished, keepUnfinished, readUnfinished, type Unfinished } from './unfinished.ts';

/** Where an import is. */
export type ImportState =
  | { phase: 'reading'; share: number }
  | { phase: 'sending'; sent: number; total: number; paused: boolean; trouble: string | null }
  | { phase: 'applying'; left: number; total: number }
  | { phase: 'done'; report: ImportReport }
  | { phase: 'cancelled'; sent: number }
  | { phase: 'failed'; sentence: string };

export interface ImportReport {
  contacts: number | null;
  /** New ones; those that were there before are `duplicates`. */
  events: number;
  duplicates: number;
  refused: number;
}

/** The routes that an import uses. */
export interface ImportApi {
  openLoad(name: string): Promise<HistoricalLoad>;
  readLoad(id: string): Promise<HistoricalLoad>;
  closeLoad(id: string): Promise<HistoricalLoad>;
  cancelLoad(id: string): Promise<HistoricalLoad>;
  sendMessages(load: string, messages: readonly unknown[]): Promise<Accepted>;
  keepRefusals(load: string, told: { refused: number; items: readonly Refusal[] }): Promise<HistoricalLoad>;
}

const pollMs = 1_000;
const firstWaitMs = 1_000;
const longestWaitMs = 20_000;

/** What time brings back: no answer, an overloaded or restarting server, a session that ended. */
const passes = (error: unknown): boolean =>
  error instanceof ApiProblem &&
  (error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500);

/**
 * Loads one file: reads and sorts it, sends it batch after batch, closes the load and waits until all is applied. What goes
 * away for a while (connection, server, session) is waited for; message ids make sending again safe.
 */
export class ImportJob {
  readonly #file: File;
  readonly #reading: Reading;
  readonly #api: ImportApi;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();
  #state: ImportState = { phase: 'reading', share: 0 };
  #paused = false;
  #resume: () => void = () => undefined;
  #read: ReadFile | null = null;
  #load: string | null = null;

  constructor(file: File, reading: Reading, api: ImportApi) {
    this.#file = file;
    this.#reading = reading;
    this.#api = api;
  }

  get state(): ImportState {
    return this.#state;
  }

  get fileName(): string {
    return this.#file.name;
  }

  /** What was refused so far; null until the file is read. */
  get refusals() {
    return this.#read?.refusals ?? null;
  }

  readonly subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };

  /** Runs to the end. Never throws: what went wrong is the state. */
  async run(now: number): Promise<void> {
    try {
      this.#read = await readFile(this.#file, this.#reading, {
        now,
        signal: this.#stop.signal,
        onShare: (share) => this.#set({ phase: 'reading', share }),
      });
      await this.#send(this.#read);
    } catch (error) {
      if (!this.#stop.signal.aborted) this.#set({ phase: 'failed', sentence: sentenceOf(error) });
    }
  }

  pause(): void {
    if (this.#state.phase !== 'sending') return;
    this.#paused = true;
    this.#set({ ...this.#state, paused: true });
  }

  resume(): void {
    this.#paused = false;
    if (this.#state.phase === 'sending') this.#set({ ...this.#state, paused: false });
    this.#resume();
  }

  /** Ends it. What was accepted stays; the load's hold on its contacts is given up. */
  async cancel(): Promise<void> {
    this.#stop.abort();
    this.#resume();
    try {
      if (this.#load !== null) await this.#api.cancelLoad(this.#load);
      if (this.#read) forgetUnfinished(this.#read.key);
      this.#set({ phase: 'cancelled', sent: this.#state.phase === 'sending' ? this.#state.sent : 0 });
    } catch (error) {
      this.#set({
        phase: 'failed',
        sentence: `Nothing more is sent, but the load could not be ended: ${sentenceOf(error)} Until it is, what falls due for its contacts waits.`,
      });
    }
  }

  /** Stops without ending the load: the same file goes on from here. */
  leave(): void {
    this.#stop.abort();
    this.#resume();
  }

  async #send(read: ReadFile): Promise<void> {
    const record = await this.#begin(read);
    this.#load = record.load;
    await this.#tellRefusals(read, record.load);
    if (read.events === 0) {
      await this.#lasting(() => this.#api.closeLoad(record.load));
      forgetUnfinished(read.key);
      this.#set({ phase: 'failed', sentence: 'No row of this file can be used. The error file says why, row by row.' });
      return;
    }
    let skip = record.sent;
    let batch: SortedEvent[] = [];
    const room = new BatchRoom();
    this.#sending(record);
    const flush = async (): Promise<void> => {
      await this.#whilePaused();
      const answer = await this.#lasting(() =>
        this.#api.sendMessages(
          record.load,
          batch.map(({ json }) => JSON.parse(json) as unknown),
        ),
      );
      for (const { index, error } of answer.errors) {
        const event = batch[index];
        if (event)
          read.refusals.add({
            file: this.#file.name,
            line: event.line,
            reason: error.message,
            original: event.original || event.json,
          });
      }
      record.sent += batch.length;
      record.duplicates += answer.duplicates;
      keepUnfinished(read.key, record);
      this.#sending(record);
      batch = [];
      room.empty();
    };
    for await (const item of read.sorter.sorted()) {
      this.#stop.signal.throwIfAborted();
      if (skip > 0) {
        skip--;
        continue;
      }
      const event = unpacked(item.text);
      if (!room.admits(event.json)) {
        await flush();
        room.admits(event.json);
      }
      batch.push(event);
    }
    if (batch.length > 0) await flush();
    await this.#end(read, record);
  }

  /** Goes on with the load of the same file where there is one, or opens one. */
  async #begin(read: ReadFile): Promise<Unfinished> {
    const known = readUnfinished(read.key);
    if (known !== null && known.sent <= read.events && (await this.#isOpen(known.load))) return known;
    const { id } = await this.#lasting(() => this.#api.openLoad(this.#file.name.slice(0, 200)));
    const record = { load: id, file: this.#file.name, sent: 0, duplicates: 0, total: read.events };
    keepUnfinished(read.key, record);
    return record;
  }

  /** The server keeps what was refused with the load, for those who look at it later. */
  async #tellRefusals({ refusals: { toKeep } }: ReadFile, load: string): Promise<void> {
    for (let items = toKeep.take(); items; items = toKeep.take()) {
      const told = { refused: toKeep.count, items };
      await this.#lasting(() => this.#api.keepRefusals(load, told));
    }
  }

  async #isOpen(load: string): Promise<boolean> {
    try {
      return (await this.#lasting(() => this.#api.readLoad(load))).status === 'open';
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return false;
      throw error;
    }
  }

  async #end(read: ReadFile, record: Unfinished): Promise<void> {
    await this.#tellRefusals(read, record.load);
    let load = await this.#lasting(() => this.#api.closeLoad(record.load));
    forgetUnfinished(read.key);
    while (load.status === 'closing') {
      this.#set({ phase: 'applying', left: load.waiting, total: read.events });
      await this.#wait(pollMs);
      load = await this.#lasting(() => this.#api.readLoad(record.load));
    }
    const refusedLate = read.refusals.count;
    this.#set({
      phase: 'done',
      report: {
        contacts: read.contacts,
        events: load.received,
        duplicates: record.duplicates,
        refused: refusedLate,
      },
    });
  }

  /** Does something until it works or never will. */
  async #lasting<T>(act: () => Promise<T>): Promise<T> {
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      this.#stop.signal.throwIfAborted();
      try {
        const result = await act();
        this.#trouble(null);
        return result;
      } catch (error) {
        if (!passes(error)) throw error;
        this.#trouble(troubleInWords(error as ApiProblem)); // `passes` lets only these through.
        await this.#wait(waitMs);
      }
    }
  }

  #trouble(trouble: string | null): void {
    if (this.#state.phase === 'sending' && this.#state.trouble !== trouble) this.#set({ ...this.#state, trouble });
  }

  async #whilePaused(): Promise<void> {
    while (this.#paused && !this.#stop.signal.aborted)
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
    this.#stop.signal.throwIfAborted();
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#stop.signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }

  #sending({ sent, total }: Unfinished): void {
    this.#set({ phase: 'sending', sent, total, paused: this.#paused, trouble: null });
  }

  #set(state: ImportState): void {
    this.#state = state;
    for (const tell of this.#listeners) tell();
  }
}

const troubleInWords = ({ status }: ApiProblem): string => {
  if (status === 0) return 'The connection is lost. It goes on by itself when it is back.';
  if (status === 401) return 'You were signed out. It goes on when you are signed in again.';
  if (status === 429) return 'The server has much to do. It goes on by itself in a moment.';
  return 'The server does not answer as it should. It is tried again by itself.';
};
