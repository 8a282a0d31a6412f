import type { Properties } from '@ripen/shared';
import { takeAnswer } from '../store/effects.ts';
import { answerArrival, appendInternal } from './internal.ts';
import type { LaneDeps } from './deps.ts';
import { wakeLanes } from './wake.ts';

/** What came of a request. */
export interface RequestEnd {
  deliveryId: string;
  port: 'response' | 'failed';
  detail: Properties;
  /** When it came, ms. */
  now: number;
}

/** Records what came of a request, once, as an arrival; nothing for what was only told, or answered before. */
export const answerRequest = async (deps: Pick<LaneDeps, 'store' | 'pokes'>, end: RequestEnd): Promise<void> => {
  const slots = await deps.store.transaction(async (tx) => {
    const request = await takeAnswer(tx, end.deliveryId);
    return request ? appendInternal(tx, [answerArrival(request, { ...end, askId: end.deliveryId })]) : [];
  });
  if (slots.length > 0) await wakeLanes(deps, slots);
};
