import type { FieldValue } from '../../model/value.ts';
import { openComparisons } from '../scores/comparisons.ts';
import { triggerKey } from '../program.ts';
import { applyProfileRules } from '../scores/rules.ts';
import { settle } from '../scores/stages.ts';
import type { Work } from '../work.ts';

/** Whether a field says this already. */
export const says = (fields: Work['fields'], field: string, value: FieldValue): boolean =>
  JSON.stringify((Object.hasOwn(fields, field) ? fields[field] : null) ?? null) === JSON.stringify(value);

/** Sets a field to a value now, with all that follows from it; true since `at`, ms. False when it had that value. */
export const changeField = (work: Work, field: string, value: FieldValue, at = work.at): boolean => {
  if (says(work.fields, field, value)) return false;
  const from = work.fields[field] ?? null;
  openComparisons(work);
  work.setField(field, value, at);
  work.queue.push({
    kind: 'trigger',
    key: triggerKey('field_changed', field),
    properties: { field, from, to: value },
  });
  applyProfileRules(work);
  settle(work);
  return true;
};

/** Adds or removes a label now, with all that follows from it. False when it was there, or was not. */
export const changeLabel = (work: Work, label: string, on: boolean): boolean => {
  const { subject } = work;
  if (subject.labels.includes(label) === on) return false;
  openComparisons(work);
  work.setLabels(on ? [...subject.labels, label] : subject.labels.filter((other) => other !== label));
  work.queue.push({
    kind: 'trigger',
    key: triggerKey(on ? 'label_added' : 'label_removed', label),
    properties: { label },
  });
  applyProfileRules(work);
  settle(work);
  return true;
};
