import type { Condition } from '@ripen/shared';
import { NotFoundError } from '../store/errors.ts';
import type { Workspace } from './workspace.ts';

/** What a query says for scores below all bands of a model. */
const noBand = 'none';

/**
 * The contacts that a grid of bands counts in one cell, as a condition: `fit:a,intent:none`. Those outside a model's audience
 * are in none of its bands, not even in "none". Throws NotFoundError.
 */
export const bandCondition = ({ definitions }: Pick<Workspace, 'definitions'>, asked: string): Condition => {
  const of = asked.split(',').flatMap((part): Condition[] => {
    const [id = '', band = ''] = part.split(':');
    const model = definitions.models.find((other) => other.id === id);
    if (!model) throw new NotFoundError('score model in force', id);
    const bands = (model.bands ?? []).map((other) => other.id);
    if (band !== noBand && !bands.includes(band)) throw new NotFoundError(`band of the score model ${id}`, band);
    const audience = model.audience ? [model.audience] : [];
    // A model may have called one of its bands so.
    if (bands.includes(band)) return [...audience, { kind: 'band', model: id, in: [band] }];
    return bands.length === 0 ? audience : [...audience, { kind: 'not', of: { kind: 'band', model: id, in: bands } }];
  });
  return { kind: 'all', of };
};
