import type { Comparison } from '@ripen/shared';
import { valuesOf, type Operator } from '../comparison-words.ts';
import type { ValueKind } from '../names.ts';

/** What the inputs of an operator look like. */
export type Shape = 'value' | 'text' | 'bound' | 'values' | 'range' | 'days' | 'nothing';

export const shapeOf = (op: Operator): Shape => {
  switch (op) {
    case 'equals':
    case 'not_equals':
      return 'value';
    case 'contains':
    case 'not_contains':
    case 'starts_with':
    case 'ends_with':
    case 'matches':
      return 'text';
    case 'greater':
    case 'at_least':
    case 'less':
    case 'at_most':
      return 'bound';
    case 'one_of':
    case 'none_of':
      return 'values';
    case 'between':
      return 'range';
    case 'in_last_days':
    case 'in_next_days':
      return 'days';
    case 'is_set':
    case 'is_empty':
    case 'is_junk_address':
      return 'nothing';
  }
};

const text: readonly Operator[] = ['contains', 'not_contains', 'starts_with', 'ends_with', 'matches'];
const order: readonly Operator[] = ['at_least', 'at_most', 'greater', 'less', 'between'];
const days: readonly Operator[] = ['in_last_days', 'in_next_days'];
const sets: readonly Operator[] = ['one_of', 'none_of'];
const same: readonly Operator[] = ['equals', 'not_equals'];
const known: readonly Operator[] = ['is_set', 'is_empty', 'is_junk_address'];

/** All operators, those first that suit the kind of value. Any of them may be asked of any value. */
export const operatorsFor = (kind: ValueKind): readonly Operator[] => {
  switch (kind) {
    case 'number':
      return [...same, ...order, ...known, ...sets, ...text, ...days];
    case 'date':
      return [...days, ...order, ...known, ...same, ...sets, ...text];
    case 'boolean':
      return [...same, ...known, ...sets, ...text, ...order, ...days];
    case 'text':
    case 'list':
    case 'unknown':
      return [...same, ...sets, ...text, ...known, ...order, ...days];
  }
};

/** Typed text as it is kept: numbers as numbers where that changes nothing of what was typed. */
export const scalarOf = (typed: string, kind: ValueKind): string | number =>
  kind !== 'text' && typed.trim() !== '' && String(Number(typed)) === typed ? Number(typed) : typed;

const firstOf = (is: Comparison): string => {
  switch (is.op) {
    case 'one_of':
    case 'none_of':
      return valuesOf(is.values)[0] ?? '';
    case 'between':
      return String(is.from);
    case 'is_set':
    case 'is_empty':
    case 'is_junk_address':
    case 'in_last_days':
    case 'in_next_days':
      return '';
    default:
      return String(is.value ?? '');
  }
};

/** The comparison under another operator; what was typed comes along as far as it fits. */
export const withOperator = (is: Comparison, op: Operator, kind: ValueKind): Comparison => {
  const first = firstOf(is);
  // Each branch builds what its operators' schema asks for; the operator is one of them.
  switch (shapeOf(op)) {
    case 'value':
      return { op, value: scalarOf(first, kind) } as Comparison;
    case 'text':
      return { op, value: first } as Comparison;
    case 'bound':
      return { op, value: scalarOf(first, kind) } as Comparison;
    case 'values':
      return { op, values: 'values' in is ? is.values : first === '' ? [] : [first] } as Comparison;
    case 'range':
      return { op, from: scalarOf(first, kind), to: '' } as Comparison;
    case 'days':
      return { op, days: 'days' in is ? is.days : 30 } as Comparison;
    case 'nothing':
      return { op } as Comparison;
  }
};
