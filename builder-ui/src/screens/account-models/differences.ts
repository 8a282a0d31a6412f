import type { AccountModel } from '@ripen/shared';
import { same, type Change } from '../../drafts/index.ts';

const parts: readonly [keyof AccountModel, string][] = [
  ['name', 'The name'],
  ['description', 'The description'],
  ['contacts', 'What its contacts bring'],
  ['audience', 'The audience'],
  ['groups', 'The groups'],
  ['clamp', 'The range'],
  ['bands', 'The bands'],
];

/** What publishing would change, in sentences. */
export const differences = (before: AccountModel | null, after: AccountModel): Change[] => {
  if (!before) return [{ act: 'added', what: `The score model “${after.name}” for accounts` }];
  const rules = after.rules.flatMap((rule): Change[] => {
    const known = before.rules.find(({ id }) => id === rule.id);
    if (!known) return [{ act: 'added', what: `The rule “${rule.name}”` }];
    return same(known, rule) ? [] : [{ act: 'changed', what: `The rule “${rule.name}”` }];
  });
  const gone = before.rules
    .filter(({ id }) => !after.rules.some((rule) => rule.id === id))
    .map(({ name }): Change => ({ act: 'removed', what: `The rule “${name}”` }));
  const whole = parts
    .filter(([part]) => !same(before[part], after[part]))
    .map(([, what]): Change => ({ act: 'changed', what }));
  return [...whole, ...rules, ...gone];
};
