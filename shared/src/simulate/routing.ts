import type { Queue } from '../model/handoff.ts';

/** Who was considered, who was excluded and why, and who got it. */
export interface RoutingDecision {
  strategy: 'round_robin';
  considered: { rep: string; name: string }[];
  excluded: { rep: string; name: string; why: string }[];
  chosen: string | null;
}

/** Round robin: the first available rep after the last one who had a turn. */
export const decideRoundRobin = (queue: Pick<Queue, 'strategy' | 'reps'>, lastRep: string | null): RoutingDecision => {
  const considered = queue.reps.filter((rep) => rep.available).map((rep) => ({ rep: rep.id, name: rep.name }));
  const excluded = queue.reps
    .filter((rep) => !rep.available)
    .map((rep) => ({ rep: rep.id, name: rep.name, why: 'not available' }));
  const last = queue.reps.findIndex((rep) => rep.id === lastRep);
  const inTurn = [...queue.reps.slice(last + 1), ...queue.reps.slice(0, last + 1)];
  const chosen = inTurn.find((rep) => rep.available)?.id ?? null;
  return { strategy: queue.strategy, considered, excluded, chosen };
};
