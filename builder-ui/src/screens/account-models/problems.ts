import { accountModelSchema, definitionsOf, validate, type AccountModel, type Definition } from '@ripen/shared';
import { schemaErrors, type PlacedError } from '../../fields/index.ts';
import { unfinishedWords } from '../models/unfinished.ts';

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

/** The same as sentences that stand alone: with whose part it is. */
export const sentencesOf = (model: AccountModel, problems: readonly PlacedError[]): string[] => {
  // What a schema misses says only so; what the definitions as a whole lack is a sentence already.
  const isUnfinished = !accountModelSchema.safeParse(model).success;
  return problems.map(({ path, message }) =>
    isUnfinished ? unfinishedWords(path, message, ownerOf(model, path)) : message,
  );
};

const ownerOf = (model: AccountModel, path: string): string | null => {
  const [part, index] = path.split('.');
  if (part !== 'rules' && part !== 'groups' && part !== 'bands') return null;
  const owner = model[part]?.[Number(index)];
  return owner ? `“${owner.name || 'Without a name'}”` : null;
};
