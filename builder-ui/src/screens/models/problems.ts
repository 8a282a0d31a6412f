import { definitionsOf, scoreModelSchema, validate, type Definition, type ScoreModel } from '@ripen/shared';
import { fieldErrors, schemaErrors, type FieldErrors } from '../../fields/index.ts';
import { unfinishedWords } from './unfinished.ts';

/** Something to look at, and where in the model; `rule` is the id of the rule that it is about. */
export interface ModelProblem {
  severity: 'error' | 'warning';
  path: string;
  message: string;
  rule: string | null;
  /** What the field itself says, which needs no name in it. */
  hint?: string;
}

/** Errors for the fields of a form, under a path. */
export const errorsUnder = (
  problems: readonly Pick<ModelProblem, 'severity' | 'path' | 'message' | 'hint'>[],
  base = '',
): FieldErrors =>
  fieldErrors(
    problems
      .filter(({ severity }) => severity === 'error')
      .map(({ path, message, hint }) => ({ path, message: hint ?? message })),
    base,
  );

const ruleOf = (model: ScoreModel, path: string): ScoreModel['rules'][number] | undefined => {
  const [first, index] = path.split('.');
  return first === 'rules' && index !== undefined ? model.rules[Number(index)] : undefined;
};

/** The rule, group or band that a path lies in, by its name; null for the model itself. */
const ownerOf = (model: ScoreModel, path: string): string | null => {
  const [first, index] = path.split('.');
  const owner =
    first === 'groups' && index !== undefined
      ? model.groups[Number(index)]
      : first === 'bands' && index !== undefined
        ? model.bands?.[Number(index)]
        : ruleOf(model, path);
  return owner ? `“${owner.name || 'Without a name'}”` : null;
};

/**
 * What is wrong or doubtful in a model among what is in force: its own problems, and those that it makes for others (a stage
 * out of reach, a group that an automation scores into). Errors come first.
 */
export const problemsOfModel = (model: ScoreModel, inForce: readonly Definition[]): ModelProblem[] => {
  const unfinished = schemaErrors(scoreModelSchema, model);
  const placed = (severity: ModelProblem['severity'], path: string, message: string): ModelProblem => ({
    severity,
    path,
    message,
    rule: ruleOf(model, path)?.id ?? null,
  });
  if (unfinished.length > 0)
    return unfinished.map(({ path, message }) => ({
      ...placed('error', path, unfinishedWords(path, message, ownerOf(model, path))),
      hint: message,
    }));
  const others = inForce.filter((document) => !(document.kind === 'model' && document.id === model.id));
  const before = new Set(validate(definitionsOf(inForce)).map(keyOf));
  return validate(definitionsOf([...others, model]))
    .filter(
      (problem) =>
        (problem.document.kind === 'model' && problem.document.id === model.id) ||
        (problem.document.kind !== 'model' && !before.has(keyOf(problem))),
    )
    .map(({ severity, path = '', message, document }) =>
      placed(severity, document.kind === 'model' ? path : '', message),
    )
    .sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1));
};

const keyOf = ({ document, path, code, node }: ReturnType<typeof validate>[number]): string =>
  [document.kind, document.id, node, path, code].join(' ');
