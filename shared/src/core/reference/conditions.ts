import type { Comparison, Condition } from '../../model/condition.ts';
import type { FieldValue, Json, Properties } from '../../model/value.ts';

/** What a condition of the reference may look at. */
export interface Sight {
  fields: Readonly<Record<string, FieldValue>>;
  properties: Properties;
}

const text = (value: unknown): string => String(value).trim().toLowerCase();

const isNothing = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The plain comparisons that generated histories use; table tests cover the others one by one. */
const compare = (value: Json | undefined, is: Comparison): boolean => {
  switch (is.op) {
    case 'is_set':
      return !isNothing(value);
    case 'is_empty':
      return isNothing(value);
    case 'equals':
      return !isNothing(value) && text(value) === text(is.value);
    case 'one_of':
      return !isNothing(value) && Array.isArray(is.values) && is.values.some((one) => text(one) === text(value));
    case 'at_least':
      return !isNothing(value) && Number(value) >= Number(is.value);
    case 'less':
      return !isNothing(value) && Number(value) < Number(is.value);
    default:
      throw new Error(`the reference does not know the operator ${is.op}`);
  }
};

export const holds = (condition: Condition | undefined, sight: Sight): boolean => {
  if (condition === undefined) return true;
  switch (condition.kind) {
    case 'all':
      return condition.of.every((one) => holds(one, sight));
    case 'any':
      return condition.of.some((one) => holds(one, sight));
    case 'not':
      return !holds(condition.of, sight);
    case 'field':
      return compare(sight.fields[condition.field], condition.is);
    case 'property':
      return compare(sight.properties[condition.property], condition.is);
    default:
      throw new Error(`the reference does not know conditions on ${condition.kind}`);
  }
};
