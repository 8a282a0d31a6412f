import type { StackStatus } from '../api/status.ts';

/** The one sentence at the top, and whether it is good news. */
export interface Verdict {
  readonly words: string;
  readonly tone: 'waiting' | 'good' | 'bad';
}

/** Says in one sentence how the stack is. */
export function verdict(status: StackStatus | undefined, problem: string | undefined): Verdict {
  if (problem !== undefined) {
    return { words: `The API does not answer. Is "npm start" still running? ${problem}`, tone: 'bad' };
  }
  if (status === undefined) return { words: 'Asking the API how it is.', tone: 'waiting' };
  const silent = [...(status.postgres === 'ok' ? [] : ['Postgres']), ...(status.temporal === 'ok' ? [] : ['Temporal'])];
  if (silent.length > 0) {
    const words = `${silent.join(' and ')} ${silent.length === 1 ? 'does' : 'do'} not answer. Events are kept; scores go on when it is back.`;
    return { words, tone: 'bad' };
  }
  const waiting = status.lanes.reduce((sum, lane) => sum + lane.lag, 0);
  if (waiting > 0) {
    return {
      words: `Working: ${waiting.toLocaleString('en')} ${waiting === 1 ? 'event' : 'events'} to go.`,
      tone: 'good',
    };
  }
  return { words: 'Everything works. Every event so far has been scored.', tone: 'good' };
}
