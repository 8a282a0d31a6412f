import type { Known } from '../api/use-status.ts';

/** The one sentence at the top, and whether it is good news. */
export interface Verdict {
  readonly words: string;
  readonly tone: 'waiting' | 'good' | 'bad';
}

/** Says in one sentence how the stack is. */
export function verdict({ status, problem }: Known): Verdict {
  if (problem !== undefined) {
    return { words: `The API does not answer. Is "npm start" still running? ${problem}`, tone: 'bad' };
  }
  if (status === undefined) return { words: 'Asking the API how it is.', tone: 'waiting' };
  if (status.postgres !== 'ok') {
    return { words: 'Postgres does not answer. Nothing is lost; it goes on when it is back.', tone: 'bad' };
  }
  if (status.temporal !== 'ok') {
    return { words: 'Temporal does not answer. Events are kept, and scored when it is back.', tone: 'bad' };
  }
  if (status.inbox?.accepting === false) {
    return { words: 'Too many events wait; new ones are turned away until some are scored.', tone: 'bad' };
  }
  const waiting = status.inbox?.waiting ?? 0;
  if (waiting > 0) {
    const events = `${waiting.toLocaleString('en')} ${waiting === 1 ? 'event' : 'events'}`;
    return { words: `Ripen is running: ${events} to go.`, tone: 'good' };
  }
  if (status.status === 'degraded') {
    return { words: 'Ripen is running, but something it needs is slow or away.', tone: 'bad' };
  }
  return { words: 'Ripen is running.', tone: 'good' };
}
