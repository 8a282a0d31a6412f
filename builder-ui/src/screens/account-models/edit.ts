import type { AccountModel } from '@ripen/shared';
import type { FieldErrors } from '../../fields/index.ts';

/** What every part of the sheet takes. */
export interface AccountModelEdit {
  model: AccountModel;
  errors: FieldErrors;
  onChange: (model: AccountModel) => void;
}

type Rule = AccountModel['rules'][number];

/** An id for something new in a sheet. */
const freshId = (stem: string): string => `${stem}-${crypto.randomUUID().slice(0, 6)}`;

export const addRule = (model: AccountModel): AccountModel => {
  const groups: AccountModel['groups'] =
    model.groups.length > 0 ? model.groups : [{ id: 'fit', name: 'Fit', kind: 'profile' }];
  const rule: Rule = {
    ...{ kind: 'profile', id: freshId('rule'), name: 'New rule', group: groups[0]?.id ?? 'fit', points: 5 },
    when: { kind: 'field', field: '', is: { op: 'equals', value: '' } },
  };
  return { ...model, groups, rules: [...model.rules, rule] };
};

export const changeRule = (model: AccountModel, id: string, part: Partial<Rule>): AccountModel => ({
  ...model,
  rules: model.rules.map((rule) => (rule.id === id ? { ...rule, ...part } : rule)),
});

export const deleteRule = (model: AccountModel, id: string): AccountModel => ({
  ...model,
  rules: model.rules.filter((rule) => rule.id !== id),
});

export const addGroup = (model: AccountModel): AccountModel => ({
  ...model,
  groups: [...model.groups, { id: freshId('group'), name: 'New group', kind: 'profile' }],
});

export const changeGroup = (
  model: AccountModel,
  id: string,
  part: Partial<AccountModel['groups'][number]>,
): AccountModel => ({
  ...model,
  groups: model.groups.map((group) => (group.id === id ? { ...group, ...part } : group)),
});

/** Only one without rules goes. */
export const deleteGroup = (model: AccountModel, id: string): AccountModel => ({
  ...model,
  groups: model.groups.filter((group) => group.id !== id || model.rules.some((rule) => rule.group === id)),
});

/** Above the highest band, at an even step. */
export const addBand = (model: AccountModel): AccountModel => {
  const { bands = [], clamp } = model;
  const starts = bands.map(({ from }) => from);
  const from = starts.length === 0 ? clamp.min : Math.round((Math.max(...starts) + clamp.max) / 2);
  return { ...model, bands: [...bands, { id: freshId('band'), name: 'New band', from }] };
};

export const changeBand = (
  model: AccountModel,
  id: string,
  part: { name?: string; from?: number | undefined },
): AccountModel => ({
  ...model,
  // A start may be missing while it is typed; the schema says so.
  bands: (model.bands ?? []).map((band) => (band.id === id ? { ...band, ...part } : band)),
});

export const deleteBand = (model: AccountModel, id: string): AccountModel => {
  const bands = (model.bands ?? []).filter((band) => band.id !== id);
  return { ...model, bands: bands.length > 0 ? bands : undefined };
};
