import { conditionSchema, partsOf, question, type Condition, type Question } from '@ripen/shared';
import { InvalidRequestError } from './invalid-request.ts';
import type { Workspace } from './workspace.ts';

const elsewhere = new Set<Condition['kind']>(['performed', 'property', 'score', 'band']);

/** The extra condition of a stage as a question; `path`: where it stands in the request. Throws InvalidRequestError. */
export const extraCondition = ({ program }: Pick<Workspace, 'program'>, raw: unknown, path: string): Question => {
  const read = conditionSchema.safeParse(raw);
  if (!read.success) {
    const [issue] = read.error.issues;
    const at = [path, ...(issue?.path ?? [])].join('.');
    throw new InvalidRequestError(
      'invalid_request',
      `"${at}" is no condition: ${issue?.message ?? 'it cannot be read'}.`,
    );
  }
  const asked = question(program, read.data);
  if (asked.looksBack || partsOf(read.data, { ofEvents: false }).some(({ kind }) => elsewhere.has(kind)))
    throw new InvalidRequestError('invalid_request', `"${path}" may look at fields, labels and stages only.`);
  return asked;
};
