import type { RunListItem } from '@ripen/shared';
import type { Tone } from '../../ui/marks.tsx';
import { humanise } from '../../ui/words.ts';

/** A state by its dot, in a word, and as a part of the sentence that filters. */
export const runLooks: Record<RunListItem['status'], { tone: Tone; word: string; that: string }> = {
  waiting: { tone: 'warn', word: 'Waiting', that: 'that wait' },
  completed: { tone: 'good', word: 'Completed', that: 'that completed' },
  failed: { tone: 'bad', word: 'Failed', that: 'that failed' },
  cancelled: { tone: 'idle', word: 'Cancelled', that: 'that were cancelled' },
};

/** Spans of time that the filter offers, back from now. */
export const spans = [
  { value: 'hour', label: 'in the last hour', ms: 3_600_000 },
  { value: 'day', label: 'in the last 24 hours', ms: 86_400_000 },
  { value: 'week', label: 'in the last 7 days', ms: 7 * 86_400_000 },
  { value: 'month', label: 'in the last 30 days', ms: 30 * 86_400_000 },
] as const;

/**
 * When the filter begins. Rounded to the minute, so that the same filter stays the same question while it is shown.
 */
export const startOf = (from: string | undefined, now: number): string | undefined => {
  const span = spans.find(({ value }) => value === from);
  if (span) return new Date(Math.floor((now - span.ms) / 60_000) * 60_000).toISOString();
  return from !== undefined && !Number.isNaN(Date.parse(from)) ? new Date(Date.parse(from)).toISOString() : undefined;
};

/** What the filter asks of a step that runs passed, as a part of its sentence. */
export const passingWords = (step: string, { port, passing }: { port?: string; passing?: string }): string => {
  if (port) return `that left the step ${step} by ${humanise(port).toLowerCase()}`;
  if (passing === 'through') return `that are through with the step ${step}`;
  if (passing === 'undelivered') return `with a message of the step ${step} that was not delivered`;
  return `that came to the step ${step}`;
};

/** Since when a waiting run is told to stay where it is, ms; null for all others. `waiting` is as the API gives it. */
export const heldSince = (waiting: unknown): number | null =>
  waiting !== null && typeof waiting === 'object' && 'held' in waiting && typeof waiting.held === 'number'
    ? waiting.held
    : null;
