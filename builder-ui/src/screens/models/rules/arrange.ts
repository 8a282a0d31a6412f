import type { Group, Rule, ScoreModel } from '@ripen/shared';
import { automationsGroupId } from '@ripen/shared';

export type Order = 'entered' | 'points' | 'name' | 'tier';

export interface RuleGroup {
  group: Group;
  rules: readonly Rule[];
  /** Rules of the group that the search leaves out. */
  hidden: number;
}

const tierRank = { high: 0, mid: 1, low: 2 };

const sorted = (rules: readonly Rule[], order: Order): readonly Rule[] => {
  switch (order) {
    case 'entered':
      return rules;
    case 'points':
      return [...rules].sort((a, b) => (b.points ?? 0) - (a.points ?? 0));
    case 'name':
      return [...rules].sort((a, b) => a.name.localeCompare(b.name));
    case 'tier':
      return [...rules].sort((a, b) => (a.tier ? tierRank[a.tier] : 3) - (b.tier ? tierRank[b.tier] : 3));
  }
};

/**
 * Rules under their groups, profile first. `words` says what a rule looks at, so that it can be searched. Groups without a
 * match are left out while something is searched for.
 */
export const arrange = (
  model: ScoreModel,
  asked: { q: string; order: Order },
  words: (rule: Rule) => string,
): RuleGroup[] => {
  const q = asked.q.trim().toLowerCase();
  const matches = (rule: Rule): boolean => q === '' || `${rule.name} ${words(rule)}`.toLowerCase().includes(q);
  const known = new Set(model.groups.map(({ id }) => id));
  const stray: Group[] = [...new Set(model.rules.map(({ group }) => group))]
    .filter((id) => !known.has(id))
    .map((id) => ({
      id,
      name: id === automationsGroupId ? 'Automations' : `${id} (no such group)`,
      kind: 'behaviour',
    }));
  return [
    ...model.groups.filter(({ kind }) => kind === 'profile'),
    ...model.groups.filter(({ kind }) => kind === 'behaviour'),
    ...stray,
  ]
    .map((group) => {
      const all = model.rules.filter((rule) => rule.group === group.id);
      const found = all.filter(matches);
      return { group, rules: sorted(found, asked.order), hidden: all.length - found.length };
    })
    .filter(({ rules }) => q === '' || rules.length > 0);
};
