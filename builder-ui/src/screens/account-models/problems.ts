import { accountModelSchema, definitionsOf, validate, type AccountModel, type Definition } from '@ripen/shared';
import { schemaErrors, type PlacedError } from '../../fields/index.ts';
import { unfinishedWords } from '../models/unfinished.ts';

/** What is wrong or doubtful in it among what is in force, by place; errors prevent publishing. */
export interface AccountModelProblem extends PlacedError {
  severity: 'error' | 'warning';
}

export const problemsOfAccountModel = (model: AccountModel, inForce: readonly Definition[]): AccountModelProblem[] => {
  const unfinished = schemaErrors(accountModelSchema, model);
  if (unfinished.length > 0) return unfinished.map((problem) => ({ ...problem, severity: 'error' }));
  const others = inForce.filter((document) => !(document.kind === 'account_model' && document.id === model.id));
  return validate(definitionsOf([...others, model]))
    .filter(({ document }) => document.kind === 'account_model' && document.id === model.id)
    .map(({ severity, path = '', message }) => ({ severity, path, message }))
    .sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1));
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
