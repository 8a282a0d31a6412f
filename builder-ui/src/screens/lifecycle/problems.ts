import { definitionsOf, lifecycleSchema, validate, type Definition, type Lifecycle } from '@ripen/shared';
import { schemaErrors } from '../../fields/index.ts';
import { unfinishedWords } from '../models/unfinished.ts';

export interface LifecycleProblem {
  severity: 'error' | 'warning';
  /** Empty when it is about another document. */
  path: string;
  message: string;
  /** What the field itself says, which needs no name in it. */
  hint?: string;
}

/**
 * What is wrong or doubtful in a lifecycle among what is in force, and what it would break elsewhere (an automation that moves
 * contacts into a stage that is gone). Errors come first.
 */
export const problemsOfLifecycle = (lifecycle: Lifecycle, inForce: readonly Definition[]): LifecycleProblem[] => {
  if (lifecycle.model === '')
    return [{ severity: 'error', path: 'model', message: 'Choose the score model that drives the stages.' }];
  const unfinished = schemaErrors(lifecycleSchema, lifecycle);
  if (unfinished.length > 0)
    return unfinished.map(({ path, message }) => {
      const [first, index] = path.split('.');
      const stage = first === 'stages' && index !== undefined ? lifecycle.stages[Number(index)] : undefined;
      const where = stage ? `“${stage.name || 'New stage'}”` : null;
      return { severity: 'error', path, message: unfinishedWords(path, message, where), hint: message };
    });
  const before = new Set(validate(definitionsOf(inForce)).map(keyOf));
  const others = inForce.filter(({ kind }) => kind !== 'lifecycle');
  return validate(definitionsOf([...others, lifecycle]))
    .filter((problem) => problem.document.kind === 'lifecycle' || !before.has(keyOf(problem)))
    .map(({ severity, path = '', message, document }) => ({
      severity,
      path: document.kind === 'lifecycle' ? path : '',
      message: document.kind === 'automation' ? `Automation ${nameOf(inForce, document.id)}: ${message}` : message,
    }))
    .sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1));
};

const keyOf = ({ document, path, code, node }: ReturnType<typeof validate>[number]): string =>
  [document.kind, document.id, node, path, code].join(' ');

const nameOf = (inForce: readonly Definition[], id: string): string => {
  const found = inForce.find((document) => document.kind === 'automation' && document.id === id);
  return found?.kind === 'automation' ? `“${found.name}”` : `“${id}”`;
};
