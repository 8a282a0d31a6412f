import type { Trigger } from '../../automation/graph.ts';
import { daysMs } from '../../model/time.ts';
import { compileCondition, type SegmentOf } from '../conditions/conditions.ts';
import type { WatchedDate } from '../conditions/dates.ts';
import { triggerKey, type CompiledAutomation, type CompiledTrigger } from '../program.ts';
import { toMicro, type Micro } from '../subject.ts';

/** What starts these automations, by what it is looked up by: the key of what happens, the score's model, the silence. */
export const compileTriggers = (automations: readonly CompiledAutomation[], segmentOf: SegmentOf) => {
  const keyed = new Map<string, CompiledTrigger[]>();
  const eventKeys = new Map<string, string>();
  const scores = new Map<string, (CompiledTrigger & { level: Micro; up: boolean })[]>();
  const inactive: { trigger: CompiledTrigger; afterMs: number }[] = [];
  const segments = new Set<string>();
  const dates = new Map<string, WatchedDate>();
  for (const automation of automations) {
    for (const trigger of automation.graph.triggers) {
      const where = trigger.type === 'event' && trigger.where ? compileCondition(trigger.where, segmentOf) : null;
      const compiled = { automation, trigger, where };
      if (trigger.type === 'score_crosses') {
        const list = scores.get(trigger.model) ?? [];
        list.push({ ...compiled, level: toMicro(trigger.value), up: trigger.direction === 'up' });
        scores.set(trigger.model, list);
      } else if (trigger.type === 'inactive') {
        inactive.push({ trigger: compiled, afterMs: daysMs(trigger.days) });
      } else {
        const key = triggerKey(trigger.type, triggerSubject(automation, trigger));
        keyed.set(key, [...(keyed.get(key) ?? []), compiled]);
        if (trigger.type === 'event') eventKeys.set(trigger.event, key);
        if ('segment' in trigger) segments.add(trigger.segment);
        if (trigger.type === 'date') dates.set(key, { key, ...watchedDate(trigger) });
      }
    }
  }
  return { keyed, eventKeys, scores, inactive, segments, dates: [...dates.values()] };
};

const watchedDate = ({ field, shiftDays, yearly }: Extract<Trigger, { type: 'date' }>): Omit<WatchedDate, 'key'> => ({
  field,
  shiftMs: daysMs(shiftDays),
  yearly,
});

const triggerSubject = (
  automation: CompiledAutomation,
  trigger: Exclude<Trigger, { type: 'score_crosses' | 'inactive' }>,
): string => {
  switch (trigger.type) {
    case 'event':
      return trigger.event;
    case 'field_changed':
      return trigger.field;
    case 'stage_entered':
    case 'stage_left':
      return trigger.stage;
    case 'label_added':
    case 'label_removed':
      return trigger.label;
    case 'segment_entered':
    case 'segment_left':
      return trigger.segment;
    case 'date':
      return `${trigger.field}${trigger.shiftDays < 0 ? '' : '+'}${trigger.shiftDays}${trigger.yearly ? ' yearly' : ''}`;
    case 'schedule':
    case 'manual':
      return automation.id;
    case 'lead':
      return trigger.outcome;
  }
};
