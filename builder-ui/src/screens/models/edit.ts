import type { Band, BehaviourRule, Group, ProfileRule, Rule, ScoreModel } from '@ripen/shared';

/** Edits of a score model: each takes one and gives another. */

const freshId = (stem: string, taken: readonly { id: string }[]): string => {
  for (;;) {
    const id = `${stem}-${crypto.randomUUID().slice(0, 6)}`;
    if (!taken.some((other) => other.id === id)) return id;
  }
};

/** Where rules of a kind stand when there is no group for them yet. */
const firstGroups: Record<Rule['kind'], Group> = {
  profile: { id: 'fit', name: 'Fit', kind: 'profile' },
  behaviour: { id: 'engagement', name: 'Engagement', kind: 'behaviour' },
};

const freshRule = (kind: Rule['kind'], id: string, group: string): Rule => {
  const base = { id, name: 'New rule', group, points: 5 };
  return kind === 'profile'
    ? { kind, ...base, when: { kind: 'field', field: '', is: { op: 'equals', value: '' } } }
    : { kind, ...base, event: '', counts: { kind: 'once' }, decays: true };
};

/** A rule at the end, in the first group of its kind; the group is made where there is none. */
export const addRule = (model: ScoreModel, kind: Rule['kind']): { model: ScoreModel; id: string } => {
  const known = model.groups.find((group) => group.kind === kind);
  const fresh = firstGroups[kind];
  const group =
    known ??
    (model.groups.some(({ id }) => id === fresh.id) ? { ...fresh, id: freshId(fresh.id, model.groups) } : fresh);
  const id = freshId('rule', model.rules);
  return {
    id,
    model: {
      ...model,
      groups: known ? model.groups : [...model.groups, group],
      rules: [...model.rules, freshRule(kind, id, group.id)],
    },
  };
};

export const changeRule = (model: ScoreModel, id: string, rule: Rule): ScoreModel => ({
  ...model,
  rules: model.rules.map((other) => (other.id === id ? rule : other)),
});

/** Right after the original, so that it is found. */
export const duplicateRule = (model: ScoreModel, id: string): { model: ScoreModel; id: string } => {
  const copyId = freshId('rule', model.rules);
  return {
    id: copyId,
    model: {
      ...model,
      rules: model.rules.flatMap((rule) =>
        rule.id === id ? [rule, { ...rule, id: copyId, name: `${rule.name} (copy)` }] : [rule],
      ),
    },
  };
};

export const deleteRule = (model: ScoreModel, id: string): ScoreModel => ({
  ...model,
  rules: model.rules.filter((rule) => rule.id !== id),
});

/** Puts a deleted rule back where it was. */
export const restoreRule = (model: ScoreModel, rule: Rule, at: number): ScoreModel =>
  model.rules.some(({ id }) => id === rule.id)
    ? model
    : { ...model, rules: [...model.rules.slice(0, at), rule, ...model.rules.slice(at)] };

/** The same rule as the other kind: what both have stays. */
export const turnRule = (model: ScoreModel, id: string, kind: Rule['kind']): ScoreModel => {
  const rule = model.rules.find((candidate) => candidate.id === id);
  if (!rule || rule.kind === kind) return model;
  const added = addRule({ ...model, rules: [] }, kind);
  const group = added.model.rules[0]?.group ?? rule.group;
  const { name, points, tier } = rule;
  const turned = { ...freshRule(kind, id, group), name, points, ...(tier ? { tier } : {}) };
  return changeRule({ ...model, groups: added.model.groups }, id, turned);
};

export const addGroup = (model: ScoreModel, kind: Group['kind']): { model: ScoreModel; id: string } => {
  const id = freshId('group', model.groups);
  return { id, model: { ...model, groups: [...model.groups, { id, name: 'New group', kind }] } };
};

export const changeGroup = (model: ScoreModel, id: string, change: Partial<Group>): ScoreModel => ({
  ...model,
  groups: model.groups.map((group) => (group.id === id ? { ...group, ...change } : group)),
});

/** The usual four bands of a range, each a quarter of it: A at the top. */
const usualBands = ({ min, max }: ScoreModel['clamp']): Band[] =>
  ['D', 'C', 'B', 'A'].map((name, index) => ({
    id: name.toLowerCase(),
    name,
    from: Math.round((min + ((max - min) * index) / 4) * 100) / 100,
  }));

/** Names the ranges of the score, or no longer. */
export const withBands = (model: ScoreModel, on: boolean): ScoreModel => ({
  ...model,
  bands: on ? usualBands(model.clamp) : undefined,
});

export const addBand = (model: ScoreModel): ScoreModel => {
  const bands = model.bands ?? [];
  return { ...model, bands: [...bands, { id: freshId('band', bands), name: 'New band', from: model.clamp.max }] };
};

export const changeBand = (model: ScoreModel, id: string, change: Partial<Band>): ScoreModel => ({
  ...model,
  bands: model.bands?.map((band) => (band.id === id ? { ...band, ...change } : band)),
});

/** Without a last one there are no bands. */
export const deleteBand = (model: ScoreModel, id: string): ScoreModel => {
  const bands = (model.bands ?? []).filter((band) => band.id !== id);
  return { ...model, bands: bands.length > 0 ? bands : undefined };
};

/** Its rules move into another group of the kind; without one they go with it. */
export const deleteGroup = (model: ScoreModel, id: string): ScoreModel => {
  const gone = model.groups.find((group) => group.id === id);
  const heir = model.groups.find((group) => group.id !== id && group.kind === gone?.kind);
  return {
    ...model,
    groups: model.groups.filter((group) => group.id !== id),
    rules: model.rules.flatMap((rule): Rule[] => (rule.group !== id ? [rule] : heir ? [moveTo(rule, heir.id)] : [])),
  };
};

const moveTo = (rule: ProfileRule | BehaviourRule, group: string): Rule => ({ ...rule, group });
