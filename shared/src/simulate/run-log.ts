import type { RunChange } from '../core/result.ts';
import type { RunSummary } from './records.ts';

/** Folds the changes of a contact's runs into whole runs. Only waiting ones are kept. */
export class RunLog {
  readonly #waiting = new Map<string, RunSummary>();

  /** Returns the runs that ended with these changes. */
  add(changes: readonly RunChange[]): RunSummary[] {
    const ended: RunSummary[] = [];
    for (const change of changes) {
      const run = { ...summaryOf(change), trail: [...(this.#waiting.get(change.id)?.trail ?? []), ...change.steps] };
      if (change.status === 'waiting') this.#waiting.set(change.id, run);
      else {
        this.#waiting.delete(change.id);
        ended.push(run);
      }
    }
    return ended;
  }

  /** Runs that wait, in the order in which they started. */
  waiting(): RunSummary[] {
    return [...this.#waiting.values()];
  }
}

const summaryOf = (change: RunChange): Omit<RunSummary, 'trail'> => ({
  id: change.id,
  automation: change.automation,
  version: change.version,
  status: change.status,
  startedAt: change.startedAt,
  at: change.at,
  node: change.node,
  until: change.until,
  messageId: change.messageId,
  backfilled: change.backfilled,
  error: change.error,
});
