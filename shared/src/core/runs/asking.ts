import type { Effect } from '../result.ts';

/** An effect whose answer a run waits for. */
export type Asking = Extract<Effect, { kind: 'ask' }> | (Extract<Effect, { kind: 'deliver' }> & { answers: true });

export const isAsking = (effect: Effect): effect is Asking => effect.kind === 'ask' || effect.answers;
