import { listed } from '../core/conditions/comparison.ts';
import type { Comparison, Condition } from '../model/condition.ts';
import type { Rule } from '../model/score-model.ts';
import type { Place } from './place.ts';

/** The order of keys says nothing. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? '';

const fold = (value: string | number | boolean): string => String(value).trim().toLowerCase();

/** The values that a comparison is content with; null when it does not list them. */
const wanted = (is: Comparison): string[] | null => {
  if (is.op === 'equals') return [fold(is.value)];
  return is.op === 'one_of' ? listed(is.values).map(fold) : null;
};

const shareValue = (a: Comparison, b: Comparison): boolean => {
  const [left, right] = [wanted(a), wanted(b)];
  return left !== null && right !== null && left.some((value) => right.includes(value));
};

const onSameValue = (a: Condition, b: Condition): boolean => {
  if (a.kind === 'field' && b.kind === 'field') return a.field === b.field && shareValue(a.is, b.is);
  return a.kind === 'property' && b.kind === 'property' && a.property === b.property && shareValue(a.is, b.is);
};

/**
 * Whether two rules plainly count the same: the same condition, or lists of values of one field that share some. A general
 * rule beside a special one ("any page" and "the pricing page") is a way to weigh and no overlap.
 */
const overlap = (a: Rule, b: Rule): boolean => {
  if (a.kind === 'profile' && b.kind === 'profile')
    return canonical(a.when) === canonical(b.when) || onSameValue(a.when, b.when);
  if (a.kind !== 'behaviour' || b.kind !== 'behaviour' || a.event !== b.event) return false;
  if (!a.where || !b.where) return !a.where && !b.where;
  return canonical(a.where) === canonical(b.where) || onSameValue(a.where, b.where);
};

/** Said once per pair of rules, at the later one. `whom`: whom rules about fields look at. */
export const warnAboutOverlap = (place: Place, rules: readonly Rule[], whom: 'contacts' | 'accounts'): void => {
  rules.forEach((rule, index) => {
    const other = rules.slice(0, index).find((earlier) => overlap(earlier, rule));
    if (!other) return;
    place.warning(
      'overlapping_rules',
      `rules.${index}`,
      `"${rule.name}" and "${other.name}" count the same ${rule.kind === 'profile' ? whom : 'events'}: both give points at once.`,
    );
  });
};
