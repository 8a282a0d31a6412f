import { isOfAccountField } from '../account/identity.ts';
import { partsOf } from '../model/condition-parts.ts';
import type { AccountModel, ContactsPart } from '../model/account-model.ts';
import type { Condition } from '../model/condition.ts';
import type { ScoreModel } from '../model/score-model.ts';
import { checkBands } from './bands.ts';
import { checkCondition } from './conditions.ts';
import { duplicates } from './duplicates.ts';
import { warnAboutOverlap } from './overlap.ts';
import type { Place } from './place.ts';

/** What is wrong in a score sheet for accounts. */
export const checkAccountModel = (place: Place, model: AccountModel): void => {
  for (const id of duplicates(model.groups.map((group) => group.id)))
    place.error('duplicate_id', 'groups', `Two groups are called "${id}".`);
  for (const id of duplicates(model.rules.map((rule) => rule.id)))
    place.error('duplicate_id', 'rules', `Two rules are called "${id}".`);
  if (model.clamp.min >= model.clamp.max)
    place.error('clamp_order', 'clamp', `Scores cannot start at ${model.clamp.min} and end at ${model.clamp.max}.`);
  const sources = model.contacts.map(({ model: id }, index) => place.model(id, `contacts.${index}.model`));
  if (model.audience) checkOfAccount(place, model.audience, 'audience');
  model.rules.forEach((rule, index) => {
    if (!model.groups.some(({ id }) => id === rule.group))
      place.error(
        'unknown_group',
        `rules.${index}.group`,
        `The rule "${rule.name}" names the group "${rule.group}", which the model does not have.`,
      );
    checkOfAccount(place, rule.when, `rules.${index}.when`);
  });
  checkBands(place, model);
  warnAboutOverlap(place, model.rules, 'accounts');
  warnAboutParts(place, model);
  warnAboutBands(place, model, highestOf(model, sources));
};

const warnAboutParts = (place: Place, { contacts, rules }: AccountModel): void => {
  if (contacts.length === 0 && rules.length === 0)
    place.warning(
      'scores_nothing',
      'contacts',
      'Nothing gives points: add a score of contacts, or a rule about the account.',
    );
  contacts.forEach(({ model, part, together }, index) => {
    const sameAgain = contacts
      .slice(0, index)
      .some((other) => other.model === model && other.part === part && other.together.kind === together.kind);
    if (sameAgain)
      place.warning(
        'overlapping_rules',
        `contacts.${index}`,
        'Contacts bring the same score twice: both are added up.',
      );
  });
};

/** What contacts can bring together at most. */
const mostOf = ({ together, cap = Infinity }: ContactsPart, source: ScoreModel | undefined): number => {
  const one = source?.clamp.max ?? Infinity;
  const most = together.kind === 'sum' ? Infinity : together.kind === 'top' ? together.count * one : one;
  return Math.max(0, Math.min(cap, most));
};

const highestOf = (
  { contacts, groups, rules, clamp }: AccountModel,
  sources: readonly (ScoreModel | undefined)[],
): number => {
  const brought = contacts.reduce((sum, part, index) => sum + mostOf(part, sources[index]), 0);
  const own = groups.reduce((sum, { id, cap = Infinity }) => {
    const points = rules
      .filter(({ group, points: each }) => group === id && each > 0)
      .reduce((all, rule) => all + rule.points, 0);
    return sum + Math.min(cap, points);
  }, 0);
  return Math.min(clamp.max, brought + own);
};

const warnAboutBands = (place: Place, { bands = [], clamp, name }: AccountModel, highest: number): void => {
  bands.forEach((band, index) => {
    if (band.from <= highest || band.from > clamp.max) return;
    place.warning(
      'band_unreachable',
      `bands.${index}.from`,
      `"${band.name}" starts at ${band.from}, but "${name}" adds up to ${highest} at most.`,
    );
  });
};

/** Contacts of one account differ in their own fields: only what they say of the account can be asked. */
const checkOfAccount = (place: Place, condition: Condition, path: string): void => {
  checkCondition(place, condition, 'account', path);
  for (const part of partsOf(condition, { ofEvents: false })) {
    if (part.kind !== 'field' || isOfAccountField(part.field)) continue;
    place.error(
      'condition_not_allowed',
      path,
      `"${part.field}" is a field of contacts; rules for accounts look at fields of the account, as in account.${part.field}.`,
    );
  }
};
