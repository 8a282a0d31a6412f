import { accountModelSchema, definitionsOf, validate, type AccountModel, type Definition } from '@ripen/shared';
import { schemaErrors, type PlacedError } from '../../fields/index.ts';

/** What prevents publishing it among what is in force, by place. */
export const errorsOfAccountModel = (model: AccountModel, inForce: readonly Definition[]): PlacedError[] => {
  const unfinished = schemaErrors(accountModelSchema, model);
  if (unfinished.length > 0) return unfinished;
  const others = inForce.filter((document) => !(document.kind === 'account_model' && document.id === model.id));
  return validate(definitionsOf([...others, model]))
    .filter(
      ({ severity, document }) => severity === 'error' && document.kind === 'account_model' && document.id === model.id,
    )
    .map(({ path = '', message }) => ({ path, message }));
};
