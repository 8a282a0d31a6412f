import { compileCondition, viewOf, type SegmentOf, type View } from '../core/conditions/conditions.ts';
import { toPoints } from '../core/subject.ts';
import type { Condition } from '../model/condition.ts';
import { daysMs } from '../model/time.ts';
import { readPath, type Json } from '../model/value.ts';

/** A condition as it was asked: whether it held, and on what. */
export interface Why {
  condition: Condition;
  holds: boolean;
  /** What was compared: a field's or property's value, points, a stage, how often; undefined where there was none. */
  value: Json | undefined;
  /** Of `all`, `any` and `not`: each part, also those that no longer mattered. */
  parts: Why[];
}

/** Asks a condition as the core does, and keeps what each comparison saw. */
export const whyOf = (condition: Condition, view: View, segmentOf: SegmentOf): Why => {
  const parts =
    condition.kind === 'all' || condition.kind === 'any'
      ? condition.of.map((part) => whyOf(part, view, segmentOf))
      : condition.kind === 'not'
        ? [whyOf(condition.of, view, segmentOf)]
        : [];
  return {
    condition,
    holds: compileCondition(condition, segmentOf).holds(view),
    value: valueOf(condition, view, segmentOf),
    parts,
  };
};

const valueOf = (condition: Condition, view: View, segmentOf: SegmentOf): Json | undefined => {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'not':
    case 'segment':
      return undefined;
    case 'field':
      return Object.hasOwn(view.fields, condition.field) ? view.fields[condition.field] : undefined;
    case 'property':
      return readPath(view.properties, condition.property);
    case 'performed':
      return timesOf(condition, view, segmentOf);
    case 'score':
      return toPoints(view.score(condition.model, condition.part ?? 'all'));
    case 'band':
      return view.band(condition.model);
    case 'stage':
      return view.stage;
    case 'label':
      return view.labels.includes(condition.label);
  }
};

/** How often it was done, as far as the core had to look: it stops where the answer is certain. */
const timesOf = (condition: Extract<Condition, { kind: 'performed' }>, view: View, segmentOf: SegmentOf): number => {
  const { event, where, withinDays } = condition;
  const after = withinDays === undefined ? -Infinity : view.at - daysMs(withinDays);
  const fits = where ? compileCondition(where, segmentOf) : null;
  return view
    .events(event)
    .filter(
      ({ at, properties }) => at > after && at <= view.at && (!fits || fits.holds({ ...viewOf(view), properties })),
    ).length;
};
