import { condition } from '@temporalio/workflow';

/** What a run does for the outside while it waits: each errand once at a time, none holding up the run's own loop. */
export class Errands {
  readonly #open = new Set<string>();
  readonly #failures: unknown[] = [];

  /** Starts an errand unless the same one is under way. */
  start(id: string, work: () => Promise<void>): void {
    if (this.#open.has(id)) return;
    this.#open.add(id);
    void work()
      .catch((error: unknown) => this.#failures.push(error))
      .finally(() => this.#open.delete(id));
  }

  get idle(): boolean {
    return this.#open.size === 0;
  }

  /** Waits until all are done. Throws what an errand failed with, which is a mistake: errands record their failures. */
  async done(): Promise<void> {
    await condition(() => this.idle);
    if (this.#failures.length > 0) throw this.#failures[0];
  }
}
