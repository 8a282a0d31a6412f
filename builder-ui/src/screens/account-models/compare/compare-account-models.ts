import type { AccountModel, ContactsPart } from '@ripen/shared';
import { describeCondition, nameIn, type Names } from '../../../fields/index.ts';
import { number } from '../../../ui/words.ts';
import { comparedBands, comparedCaps, type SettingPair } from '../../models/compare/compare-models.ts';

const together: Record<ContactsPart['together']['kind'], string> = {
  sum: 'sum of all',
  maximum: 'the highest',
  average: 'average',
  top: 'sum of the highest',
};

/** What contacts bring by one part, in words: "Intent: sum of the highest 3, at most 50". */
const describePart = ({ model, part, together: how, cap }: ContactsPart, { models }: Names): string => {
  const of = part === 'behaviour' ? ' (what they do)' : '';
  const count = how.kind === 'top' ? ` ${number(how.count)}` : '';
  const most = cap === undefined ? '' : `, at most ${number(cap)}`;
  return `${nameIn(models, model)}${of}: ${together[how.kind]}${count}${most}`;
};

const settings: readonly [string, (model: AccountModel, names: Names) => string][] = [
  [
    'What contacts bring',
    ({ contacts }, names) => contacts.map((part) => describePart(part, names)).join('; ') || 'Nothing',
  ],
  ['Which accounts', ({ audience }, names) => (audience ? `Those whose ${describeCondition(audience, names)}` : 'All')],
  ['Scores run', ({ clamp }) => `From ${number(clamp.min)} to ${number(clamp.max)}`],
];

/** What two models for accounts say of themselves beside their rules, by both sides. */
export const comparedAccountSettings = (left: AccountModel, right: AccountModel, names: Names): SettingPair[] => [
  ...settings.map(([label, words]) => ({ label, left: words(left, names), right: words(right, names) })),
  ...comparedCaps(left, right),
  ...comparedBands(left, right).map(({ name, left: from, right: to }) => ({
    label: `Band “${name}”`,
    left: from ? `From ${number(from.from)}` : 'No such band',
    right: to ? `From ${number(to.from)}` : 'No such band',
  })),
];
