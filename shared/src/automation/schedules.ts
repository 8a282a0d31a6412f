import { derivedId } from '../core/ids.ts';
import type { Condition } from '../model/condition.ts';
import { scheduleInWords, type Schedule } from '../model/schedule.ts';
import type { Automation, Trigger } from './graph.ts';

export type ScheduleTrigger = Extract<Trigger, { type: 'schedule' }>;

export const schedulesOf = ({ triggers }: Pick<Automation, 'triggers'>): ScheduleTrigger[] =>
  triggers.filter((trigger) => trigger.type === 'schedule');

/** Tells an automation's schedules apart, wherever they stand: those with the same clock are one. */
export const scheduleKey = (when: Schedule): string => derivedId(scheduleInWords(when)).slice(0, 8);

/** Whom a round of these schedules is about; undefined: everybody. */
export const meantBy = (schedules: readonly ScheduleTrigger[]): Condition | undefined => {
  const of = schedules.flatMap(({ who }) => (who ? [who] : []));
  if (of.length < schedules.length) return undefined;
  return of.length === 1 ? of[0] : { kind: 'any', of };
};
