import type { Condition } from '@ripen/shared';

/** How the rows of a group go together, as people say it. */
export type Mode = 'all' | 'any' | 'none' | 'not_all';

export interface Group {
  readonly mode: Mode;
  readonly of: readonly Condition[];
  /** Where the rows are, below the group's own path. */
  readonly path: string;
}

type Negatable = Extract<Condition, { kind: 'stage' | 'band' | 'label' | 'segment' }>;
const negatable = new Set<Condition['kind']>(['stage', 'band', 'label', 'segment']);
/** Conditions that say "is" and "is not" in their own row. */
const saysNot = (condition: Condition): condition is Negatable => negatable.has(condition.kind);

/** A row: a condition, and whether it is turned round where it can say so itself. */
export interface Row {
  readonly condition: Condition;
  readonly negated: boolean;
  /** Where the condition is, below the row's own path. */
  readonly path: string;
}

/** The condition as a group, or null when it is one row. */
export const groupOf = (condition: Condition): Group | null => {
  if (condition.kind === 'all' || condition.kind === 'any')
    return { mode: condition.kind, of: condition.of, path: 'of' };
  if (condition.kind !== 'not' || saysNot(condition.of)) return null;
  const inner = condition.of;
  if (inner.kind === 'any') return { mode: 'none', of: inner.of, path: 'of.of' };
  if (inner.kind === 'all') return { mode: 'not_all', of: inner.of, path: 'of.of' };
  return { mode: 'none', of: [inner], path: 'of' };
};

/** A group as a condition. */
export const conditionOf = (mode: Mode, of: readonly Condition[]): Condition => {
  switch (mode) {
    case 'all':
    case 'any':
      return { kind: mode, of: [...of] };
    case 'none':
      return { kind: 'not', of: { kind: 'any', of: [...of] } };
    case 'not_all':
      return { kind: 'not', of: { kind: 'all', of: [...of] } };
  }
};

/** A condition that is no group, as its row. */
export const rowOf = (condition: Condition): Row =>
  condition.kind === 'not' && saysNot(condition.of)
    ? { condition: condition.of, negated: true, path: 'of' }
    : { condition, negated: false, path: '' };

/** The outermost group: one row alone is a group of one, which is written without the group around it. */
export const rootOf = (condition: Condition): Group => groupOf(condition) ?? { mode: 'all', of: [condition], path: '' };

/** The outermost group as a condition; undefined when no row is left. */
export const rootCondition = (mode: Mode, of: readonly Condition[]): Condition | undefined => {
  const [only] = of;
  if (!only) return undefined;
  return mode === 'all' && of.length === 1 ? only : conditionOf(mode, of);
};

/** How many groups lie inside each other. */
export const depthOf = (condition: Condition): number => {
  const group = groupOf(condition);
  return group ? 1 + Math.max(0, ...group.of.map(depthOf)) : 0;
};
