import type { BandResults } from '@ripen/shared';
import type { Names } from '../../../fields/names.ts';
import type { ResultAsked } from '../../../api/insight.ts';
import { number } from '../../../ui/words.ts';

/** Names of fields that usually say who became a customer. */
const telling = /^(.*[_. ])?(is)?(converted|conversion|won|closed_?won|customer|outcome|purchased|bought|deal)$/i;

/** What is held against the bands before anybody chose: a field that says it by its name, or leads that were won. */
export const firstResult = ({ fields }: Pick<Names, 'fields'>): string => {
  const field = fields.find(({ path, lastSeenAt }) => lastSeenAt !== null && telling.test(path));
  return field ? `field:${field.path}` : 'lead:won';
};

/** What an address says (`field:converted`, `stage:mql`, `lead:won`) as the API is asked. Null: nothing of the kind. */
export const askedOf = (result: string, is: string | undefined): ResultAsked | null => {
  const colon = result.indexOf(':');
  const [kind, of] = [result.slice(0, colon), result.slice(colon + 1)];
  if (of === '') return null;
  if (kind === 'field') return is === undefined || is === '' ? { field: of } : { field: of, is };
  return kind === 'stage' ? { stage: of } : kind === 'lead' ? { lead: of } : null;
};

/** So few in a band say nothing about it. */
const enough = 20;

/**
 * What the figures say in a sentence: how much oftener the best band converts than everybody, or which band is out of its order.
 * Null where too few contacts are known.
 */
export const verdictOf = ({ bands, total }: Pick<BandResults, 'bands' | 'total'>): string | null => {
  const known = bands.flatMap(({ name, contacts, rate }) =>
    rate === null || contacts < enough ? [] : [{ name, rate }],
  );
  const [best] = known;
  if (!best || known.length < 2 || !total.rate) return null;
  for (const [index, band] of known.entries()) {
    const above = known[index - 1];
    if (above && band.rate > above.rate)
      return `${band.name} converts more often than ${above.name}, which scores higher: some rule counts the wrong thing.`;
  }
  return `${best.name} converts ${number(best.rate / total.rate)} times as often as all contacts do.`;
};
