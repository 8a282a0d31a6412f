import { unpacked, type SortedEvent } from '@ripen/shared/import';
import { ApiProblem, sentenceOf } from '../../../api/client.ts';
import { accountDestination, type AccountApi } from './account-destination.ts';
import type { Destination, ImportReport, Work } from './destination.ts';
import { loadDestination, type LoadApi } from './load-destination.ts';
import { isOfAccounts, readFile, type ReadFile, type Reading } from './read-file.ts';

/** Where an import is. */
export type ImportState =
  | { phase: 'reading'; share: number }
  | { phase: 'sending'; sent: number; total: number; paused: boolean; trouble: string | null }
  | { phase: 'applying'; left: number; total: number }
  | { phase: 'done'; report: ImportReport }
  | { phase: 'cancelled'; sent: number }
  | { phase: 'failed'; sentence: string };

/** The routes that an import uses. */
export type ImportApi = LoadApi & AccountApi;

const firstWaitMs = 1_000;
const longestWaitMs = 20_000;

/** What time brings back: no answer, an overloaded or restarting server, a session that ended. */
const passes = (error: unknown): boolean =>
  error instanceof ApiProblem &&
  (error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500);

/**
 * Loads one file: reads and sorts it, sends it batch after batch, and waits until all is applied. What goes away for a while
 * (connection, server, session) is waited for; sending again is safe.
 */
export class ImportJob {
  readonly #file: File;
  readonly #reading: Reading;
  readonly #destination: Destination;
  /** What rows say: something of contacts, or of accounts. */
  readonly of: ImportReport['of'];
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();
  #state: ImportState = { phase: 'reading', share: 0 };
  #paused = false;
  #resume: () => void = () => undefined;
  #read: ReadFile | null = null;

  constructor(file: File, reading: Reading, api: ImportApi) {
    this.#file = file;
    this.#reading = reading;
    this.of = isOfAccounts(reading) ? 'accounts' : 'contacts';
    this.#destination = this.of === 'accounts' ? accountDestination(api) : loadDestination(api);
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

  /** Ends it. What was accepted stays; a load's hold on its contacts is given up. */
  async cancel(): Promise<void> {
    this.#stop.abort();
    this.#resume();
    try {
      await this.#destination.cancel();
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
    const destination = this.#destination;
    const work: Work = {
      file: this.#file.name,
      lasting: (act) => this.#lasting(act),
      wait: (ms) => this.#wait(ms),
      applying: (left) => this.#set({ phase: 'applying', left, total: read.events }),
    };
    let skip = await destination.begin(read, work);
    if (read.events === 0) {
      await destination.endEmpty(read, work);
      this.#set({ phase: 'failed', sentence: 'No row of this file can be used. The error file says why, row by row.' });
      return;
    }
    let sent = skip;
    let batch: SortedEvent[] = [];
    const { room } = destination;
    this.#sending(sent, read.events);
    const flush = async (): Promise<void> => {
      await this.#whilePaused();
      for (const { index, message: reason } of await destination.send(batch, work)) {
        const event = batch[index];
        if (!event) continue;
        const original = event.original || event.json;
        read.refusals.add({ file: this.#file.name, line: event.line, reason, original });
      }
      sent += batch.length;
      this.#sending(sent, read.events);
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
    this.#set({ phase: 'done', report: await destination.end(read, work) });
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

  #sending(sent: number, total: number): void {
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
