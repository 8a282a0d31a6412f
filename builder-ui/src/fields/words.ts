import {
  scheduleInWords,
  scheduleSchema,
  type Condition,
  type Counting,
  type Duration,
  type Trigger,
} from '@ripen/shared';
import { count, number } from '../ui/words.ts';
import { daysWords, describeComparison, listWords } from './comparison-words.ts';
import { fieldKind, fieldWords, nameIn, pathWords, propertyKind, type Names } from './names.ts';

/** An event type by its name; dots while none is chosen. */
export const eventWords = (event: string | undefined, names: Names): string =>
  event ? nameIn(names.eventTypes, event) : '…';

const modelWords = (model: string | undefined, names: Names): string => (model ? nameIn(names.models, model) : 'score');

const stageWords = (stage: string | null, names: Names): string =>
  stage === null ? 'no stage' : nameIn(names.stages, stage);

/** How often, after "counts" or "enters": "every time", "once per offer". */
export const describeCounting = (counting: Counting): string => {
  switch (counting.kind) {
    case 'every_time':
      return 'every time';
    case 'once':
      return 'once';
    case 'once_per':
      return `once per ${counting.property ? pathWords(counting.property).toLowerCase() : '…'}`;
    case 'at_most':
      return `at most ${timesWords(counting.times)} in ${daysWords(counting.perDays)}`;
  }
};

const timesWords = (times: number | undefined): string =>
  times === undefined ? '… times' : times === 1 ? 'once' : times === 2 ? 'twice' : count(times, 'time');

/** "3 days", "1 hour". What is half typed has dots. */
export const describeDuration = (duration: Partial<Duration> | undefined): string => {
  const unit = duration?.unit ?? 'days';
  return duration?.amount === undefined ? `… ${unit}` : count(duration.amount, unit.slice(0, -1));
};

/** "7 days before renewal", "renewal". */
export const describeShift = (shiftDays: number | undefined, what: string): string =>
  shiftDays
    ? `${daysWords(Math.abs(shiftDays))} ${shiftDays < 0 ? 'before' : 'after'} ${what.toLowerCase()}`
    : what.toLowerCase();

type Performed = Extract<Condition, { kind: 'performed' }>;

const describePerformed = (condition: Performed, names: Names): string => {
  const { atLeast, atMost, withinDays } = condition;
  const event = `“${eventWords(condition.event, names)}”`;
  const where = condition.where ? ` where ${describeCondition(condition.where, names, condition.event)}` : '';
  const window = withinDays === undefined ? '' : ` in the last ${daysWords(withinDays)}`;
  if (atMost === 0) return `never did ${event}${where}${window}`;
  const times =
    atLeast !== undefined && atMost !== undefined
      ? atLeast === atMost
        ? ` exactly ${timesWords(atLeast)}`
        : ` ${number(atLeast)} to ${count(atMost, 'time')}`
      : atMost !== undefined
        ? ` at most ${timesWords(atMost)}`
        : (atLeast ?? 1) > 1
          ? ` at least ${timesWords(atLeast)}`
          : '';
  return `did ${event}${where}${times}${window}`;
};

const describeScore = (condition: Extract<Condition, { kind: 'score' }>, names: Names): string => {
  const { atLeast, below } = condition;
  const score = `${modelWords(condition.model, names)}${condition.part === 'behaviour' ? ' from behaviour' : ''}`;
  if (atLeast === undefined && below === undefined) return `${score} is …`;
  if (below === undefined) return `${score} is at least ${number(atLeast ?? 0)}`;
  return atLeast === undefined
    ? `${score} is below ${number(below)}`
    : `${score} is at least ${number(atLeast)} and below ${number(below)}`;
};

const describeStage = (stages: readonly (string | null)[], names: Names, negated: boolean): string => {
  const verb = negated ? 'is not' : 'is';
  const named = stages.map((stage) => stageWords(stage, names));
  return stages.length === 1 && stages[0] === null
    ? `${negated ? 'is in a stage' : 'is in no stage'}`
    : `stage ${verb} ${listWords(named, 'or')}`;
};

const describeBands = (
  { model, in: bands }: Extract<Condition, { kind: 'band' }>,
  names: Names,
  negated: boolean,
): string => {
  const known = names.models.find(({ id }) => id === model)?.bands ?? [];
  return `${modelWords(model, names)} ${negated ? 'is not' : 'is'} in ${listWords(
    bands.map((id) => nameIn(known, id)),
    'or',
  )}`;
};

/** Parts of a group in brackets when they are groups themselves. */
const describePart = (condition: Condition, names: Names, event: string | null): string => {
  const text = describeCondition(condition, names, event);
  return (condition.kind === 'all' || condition.kind === 'any') && condition.of.length > 1 ? `(${text})` : text;
};

const segmentWords = (id: string, names: Names): string =>
  id ? `the segment “${nameIn(names.segments, id)}”` : 'a segment';

const describeNot = (condition: Condition, names: Names, event: string | null): string => {
  if (condition.kind === 'label') return `does not have the label “${condition.label || '…'}”`;
  if (condition.kind === 'stage') return describeStage(condition.in, names, true);
  if (condition.kind === 'band') return describeBands(condition, names, true);
  if (condition.kind === 'segment') return `is not in ${segmentWords(condition.segment, names)}`;
  if (condition.kind === 'not') return describePart(condition.of, names, event);
  return `not (${describeCondition(condition, names, event)})`;
};

/** A condition as the end of "if …". `event`: whose properties it may look at; null for those of any. */
export const describeCondition = (condition: Condition, names: Names, event: string | null = null): string => {
  switch (condition.kind) {
    case 'all':
      return joined(condition.of, 'and', names, event);
    case 'any':
      return joined(condition.of, 'or', names, event);
    case 'not':
      return describeNot(condition.of, names, event);
    case 'field':
      return `${condition.field ? fieldWords(names, condition.field) : '…'} ${describeComparison(condition.is, fieldKind(names, condition.field))}`;
    case 'property':
      return `the event’s ${condition.property ? pathWords(condition.property).toLowerCase() : '…'} ${describeComparison(condition.is, propertyKind(names, event, condition.property))}`;
    case 'performed':
      return describePerformed(condition, names);
    case 'score':
      return describeScore(condition, names);
    case 'band':
      return describeBands(condition, names, false);
    case 'stage':
      return describeStage(condition.in, names, false);
    case 'label':
      return `has the label “${condition.label || '…'}”`;
    case 'segment':
      return `is in ${segmentWords(condition.segment, names)}`;
  }
};

const joined = (parts: readonly Condition[], joint: 'and' | 'or', names: Names, event: string | null): string =>
  parts.length === 0 ? '…' : parts.map((part) => describePart(part, names, event)).join(` ${joint} `);

const outcomes: Record<Extract<Trigger, { type: 'lead' }>['outcome'], string> = {
  accepted: 'Sales accepts the lead',
  rejected: 'Sales rejects the lead',
  won: 'The lead is won',
  lost: 'The lead is lost',
};

/** What starts an automation, as a sentence without its dot. */
export const describeTrigger = (trigger: Trigger, names: Names): string => {
  switch (trigger.type) {
    case 'event':
      return `${eventWords(trigger.event, names)}${trigger.where ? `, if ${describeCondition(trigger.where, names, trigger.event)}` : ''}`;
    case 'field_changed':
      return `${trigger.field ? fieldWords(names, trigger.field) : 'A field'} changes`;
    case 'score_crosses': {
      const way = trigger.direction === 'down' ? 'falls below' : 'reaches';
      return `${modelWords(trigger.model, names)} ${way} ${trigger.value === undefined ? '…' : number(trigger.value)}`;
    }
    case 'stage_entered':
      return `Enters ${trigger.stage ? stageWords(trigger.stage, names) : 'a stage'}`;
    case 'stage_left':
      return `Leaves ${trigger.stage ? stageWords(trigger.stage, names) : 'a stage'}`;
    case 'label_added':
      return `Gets the label “${trigger.label || '…'}”`;
    case 'label_removed':
      return `Loses the label “${trigger.label || '…'}”`;
    case 'segment_entered':
      return `Enters ${segmentWords(trigger.segment, names)}`;
    case 'segment_left':
      return `Leaves ${segmentWords(trigger.segment, names)}`;
    case 'inactive':
      return `Inactive for ${daysWords(trigger.days)}`;
    case 'date': {
      if (!trigger.field) return 'A date of the contact comes';
      const words = describeShift(trigger.shiftDays, pathWords(trigger.field));
      return `${words.charAt(0).toUpperCase()}${words.slice(1)}${trigger.yearly ? ', every year' : ''}`;
    }
    case 'schedule': {
      const when = scheduleSchema.safeParse(trigger.when);
      const words = when.success ? scheduleInWords(when.data) : 'on a schedule';
      const whom = trigger.who ? `, for those of whom this is true: ${describeCondition(trigger.who, names)}` : '';
      return `${words.charAt(0).toUpperCase()}${words.slice(1)}${whom}`;
    }
    case 'manual':
      return 'Started by hand or by another automation';
    case 'lead':
      return outcomes[trigger.outcome];
  }
};
