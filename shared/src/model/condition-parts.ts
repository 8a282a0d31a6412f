import type { Condition } from './condition.ts';

/**
 * A condition and all inside it. What is asked of earlier events (`where` of `performed`) is left out unless it is asked for:
 * it does not look at the contact as it is.
 */
export const partsOf = (condition: Condition, options: { ofEvents: boolean }): Condition[] => {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return [condition, ...condition.of.flatMap((part) => partsOf(part, options))];
    case 'not':
      return [condition, ...partsOf(condition.of, options)];
    case 'performed':
      return options.ofEvents && condition.where ? [condition, ...partsOf(condition.where, options)] : [condition];
    default:
      return [condition];
  }
};

/** Segments that a condition names itself. */
export const segmentsNamed = (condition: Condition): string[] =>
  partsOf(condition, { ofEvents: true }).flatMap((part) => (part.kind === 'segment' ? [part.segment] : []));
