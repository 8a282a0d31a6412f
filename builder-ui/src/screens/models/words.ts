import type { Rule, ScoreModel } from '@ripen/shared';
import { daysWords, describeCondition, describeCounting, eventWords, type Names } from '../../fields/index.ts';
import { number } from '../../ui/words.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a rule looks at: "Title contains student", "“Page viewed” where the event's path starts with /pricing". */
export const describeRule = (rule: Rule, names: Names): string => {
  if (rule.kind === 'profile') return capital(describeCondition(rule.when, names));
  const event = `“${eventWords(rule.event || undefined, names)}”`;
  return rule.where ? `${event} where ${describeCondition(rule.where, names, rule.event || null)}` : event;
};

/** How often it counts: a rule on the profile holds while it is true. */
export const ruleCounts = (rule: Rule): string =>
  rule.kind === 'profile' ? 'while true' : describeCounting(rule.counts);

export const tierWords: Record<NonNullable<Rule['tier']>, string> = { high: 'High', mid: 'Mid', low: 'Low' };

export const describeDecay = (decay: ScoreModel['decay']): string => {
  if (!decay) return 'no decay when a contact falls silent';
  const { afterDays, everyDays, by, floor } = decay;
  const takes =
    by.kind === 'points' ? `${number(by.points)} points` : `${number(by.percent)} % of the behaviour points`;
  const again = everyDays === undefined ? '' : ` and again every ${daysWords(everyDays)}`;
  return `after ${daysWords(afterDays)} of silence ${takes} go${again}${floor > 0 ? `, down to ${number(floor)}` : ''}`;
};

export const describeReset = (reset: ScoreModel['reset']): string =>
  reset
    ? `starts again ${daysWords(reset.afterDays)} after ${reset.from === 'first_point' ? 'the first point' : 'the last activity'}`
    : 'never starts again';
