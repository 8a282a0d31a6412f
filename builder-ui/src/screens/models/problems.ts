import { definitionsOf, scoreModelSchema, validate, type Definition, type ScoreModel } from '@ripen/shared';
import { schemaErrors } from '../../fields/index.ts';

/** Something to look at, and where in the model; `rule` is the id of the rule that it is about. */
export interface ModelProblem {
  severity: 'error' | 'warning';
  path: string;
  message: string;
  rule: string | null;
}

const ruleOf = (model: ScoreModel, path: string): ScoreModel['rules'][number] | undefined => {
  const [first, index] = path.split('.');
  return first === 'rules' && index !== undefined ? model.rules[Number(index)] : undefined;
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
    return unfinished.map(({ path, message }) => {
      const rule = ruleOf(model, path);
      return placed('error', path, rule ? `“${rule.name || 'New rule'}” is not finished: ${message}` : message);
    });
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
