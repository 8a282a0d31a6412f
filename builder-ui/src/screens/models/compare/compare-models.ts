import type { Band, Rule, ScoreModel } from '@ripen/shared';
import { same } from '../../../drafts/index.ts';
import { daysWords, describeCondition, nameIn, type Names } from '../../../fields/index.ts';
import { number } from '../../../ui/words.ts';
import { describeDecay, describeReset, describeRule, ruleCounts, tierWords } from '../words.ts';

/** A rule as one side has it, in words. */
export interface RuleSaid {
  name: string;
  points: number;
  looks: string;
  counts: string;
  group: string;
  tier: string;
}

/** One rule of both sides, or of one. */
export interface RulePair {
  left: RuleSaid | null;
  right: RuleSaid | null;
  /** What is said otherwise at the right; empty where both say the same, or one says nothing. */
  differs: ReadonlySet<keyof RuleSaid>;
  same: boolean;
}

const fold = (name: string): string => name.trim().toLowerCase();
const looksAt = (rule: Rule): unknown =>
  rule.kind === 'profile' ? [rule.kind, rule.when] : [rule.kind, rule.event, rule.where];

/** The rule that stands for the same: by id, else by name, else by what it looks at. */
const partners = (left: readonly Rule[], right: readonly Rule[]): Map<Rule, Rule> => {
  const found = new Map<Rule, Rule>();
  const free = new Set(right);
  const isSame: ((a: Rule, b: Rule) => boolean)[] = [
    (a, b) => a.id === b.id,
    (a, b) => fold(a.name) === fold(b.name),
    (a, b) => same(looksAt(a), looksAt(b)),
  ];
  for (const test of isSame)
    for (const rule of left) {
      if (found.has(rule)) continue;
      const partner = [...free].find((other) => test(rule, other));
      if (!partner) continue;
      found.set(rule, partner);
      free.delete(partner);
    }
  return found;
};

/** Sheets for accounts have these too. */
type Sheet = Pick<ScoreModel, 'groups' | 'rules'>;

const said = (rule: Rule, model: Sheet, names: Names): RuleSaid => ({
  name: rule.name,
  points: rule.points,
  looks: describeRule(rule, names),
  counts: ruleCounts(rule) + (rule.kind === 'behaviour' && !rule.decays ? ', does not fade' : ''),
  group: nameIn(model.groups, rule.group),
  tier: rule.tier ? tierWords[rule.tier] : 'No tier',
});

const parts = ['name', 'points', 'looks', 'counts', 'group', 'tier'] as const;

/** The rules of two models beside each other, in the order of the left one; what only the right one has comes last. */
export const comparedRules = (left: Sheet, right: Sheet, names: Names): RulePair[] => {
  const found = partners(left.rules, right.rules);
  const taken = new Set(found.values());
  const pairs = left.rules.map((rule): RulePair => {
    const partner = found.get(rule);
    const ours = said(rule, left, names);
    if (!partner) return { left: ours, right: null, differs: new Set(), same: false };
    const theirs = said(partner, right, names);
    const differs = new Set(parts.filter((part) => ours[part] !== theirs[part]));
    return { left: ours, right: theirs, differs, same: differs.size === 0 };
  });
  const rest = right.rules
    .filter((rule) => !taken.has(rule))
    .map((rule): RulePair => ({ left: null, right: said(rule, right, names), differs: new Set(), same: false }));
  return [...pairs, ...rest];
};

/** Something that a model says of itself, by both sides. */
export interface SettingPair {
  label: string;
  left: string;
  right: string;
}

const settings: readonly [string, (model: ScoreModel, names: Names) => string][] = [
  [
    'Who has a score',
    ({ audience }, names) => (audience ? `Those whose ${describeCondition(audience, names)}` : 'Everybody'),
  ],
  ['Scores run', ({ clamp }) => `From ${number(clamp.min)} to ${number(clamp.max)}`],
  ['Half-life', ({ halfLifeDays }) => (halfLifeDays === undefined ? 'None' : daysWords(halfLifeDays))],
  ['Points expire', ({ windowDays }) => (windowDays === undefined ? 'Never' : `After ${daysWords(windowDays)}`)],
  ['Silence', ({ decay }) => capital(describeDecay(decay))],
  ['The count', ({ reset }) => capital(describeReset(reset))],
];
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const comparedSettings = (left: ScoreModel, right: ScoreModel, names: Names): SettingPair[] => [
  ...settings.map(([label, words]) => ({ label, left: words(left, names), right: words(right, names) })),
  ...comparedCaps(left, right),
];

export const comparedCaps = (left: Sheet, right: Sheet): SettingPair[] => {
  const words = ({ groups }: Sheet, name: string): string => {
    const group = groups.find((each) => fold(each.name) === fold(name));
    return group ? (group.cap === undefined ? 'No cap' : `At most ${number(group.cap)}`) : 'No such group';
  };
  const names = [...left.groups, ...right.groups].map(({ name }) => name);
  return [...new Map(names.map((name) => [fold(name), name])).values()].map((name) => ({
    label: `Group “${name}”`,
    left: words(left, name),
    right: words(right, name),
  }));
};

/** A band of both sides, or of one: where it starts. Null: the side has none of the name. */
export interface BandPair {
  name: string;
  left: Band | null;
  right: Band | null;
}

type Banded = Pick<ScoreModel, 'bands'>;

/** Bands of two models beside each other by their names, the highest first. */
export const comparedBands = (left: Banded, right: Banded): BandPair[] => {
  const of = (model: Banded, name: string): Band | null =>
    model.bands?.find((band) => fold(band.name) === fold(name)) ?? null;
  const highestFirst = (model: Banded): Band[] => [...(model.bands ?? [])].sort((a, b) => b.from - a.from);
  const names = [...highestFirst(left), ...highestFirst(right)].map(({ name }) => name);
  return [...new Map(names.map((name) => [fold(name), name])).values()]
    .map((name) => ({ name, left: of(left, name), right: of(right, name) }))
    .sort((a, b) => startOf(b) - startOf(a));
};

const startOf = ({ left, right }: BandPair): number => (left ?? right)?.from ?? 0;
