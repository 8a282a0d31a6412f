import { isOfAccountField } from '../account/identity.ts';
import { partsOf } from '../model/condition-parts.ts';
import type { AccountModel } from '../model/account-model.ts';
import type { Condition } from '../model/condition.ts';
import { checkBands } from './bands.ts';
import { checkCondition } from './conditions.ts';
import { duplicates } from './duplicates.ts';
import type { Place } from './place.ts';

/** What is wrong in a score sheet for accounts. */
export const checkAccountModel = (place: Place, model: AccountModel): void => {
  for (const id of duplicates(model.groups.map((group) => group.id)))
    place.error('duplicate_id', 'groups', `Two groups are called "${id}".`);
  for (const id of duplicates(model.rules.map((rule) => rule.id)))
    place.error('duplicate_id', 'rules', `Two rules are called "${id}".`);
  if (model.clamp.min >= model.clamp.max)
    place.error('clamp_order', 'clamp', `Scores cannot start at ${model.clamp.min} and end at ${model.clamp.max}.`);
  model.contacts.forEach(({ model: id }, index) => place.model(id, `contacts.${index}.model`));
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
