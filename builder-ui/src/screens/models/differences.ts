import type { Group, Rule, ScoreModel } from '@ripen/shared';
import { same, type Change } from '../../drafts/index.ts';
import { daysWords, describeCondition, nameIn, type Names } from '../../fields/index.ts';
import { number, signed } from '../../ui/words.ts';
import { describeDecay, describeReset, describeRule, ruleCounts, tierWords } from './words.ts';

/** What publishing a draft would change, in words. Without a version in force everything is new. */
export const differences = (before: ScoreModel | null, after: ScoreModel, names: Names): Change[] => [
  ...settingChanges(before, after, names),
  ...groupChanges(before?.groups ?? [], after.groups),
  ...ruleChanges(before, after, names),
];

const changed = (what: string): Change => ({ act: 'changed', what });

const settingChanges = (before: ScoreModel | null, after: ScoreModel, names: Names): Change[] => {
  if (!before) return after.decay ? [{ act: 'added', what: `Decay: ${describeDecay(after.decay)}` }] : [];
  const changes: Change[] = [];
  const say = (key: keyof ScoreModel, words: (model: ScoreModel) => string): void => {
    if (!same(before[key], after[key])) changes.push(changed(words(after)));
  };
  say('name', ({ name }) => `Name: “${before.name}” becomes “${name}”`);
  say('description', () => 'Description');
  say('audience', ({ audience }) =>
    audience ? `Audience: only contacts whose ${describeCondition(audience, names)}` : 'Audience: everybody',
  );
  say('clamp', ({ clamp }) => `Scores run from ${number(clamp.min)} to ${number(clamp.max)}`);
  say('halfLifeDays', ({ halfLifeDays }) =>
    halfLifeDays === undefined ? 'Half-life: none' : `Half-life: ${daysWords(halfLifeDays)}`,
  );
  say('windowDays', ({ windowDays }) =>
    windowDays === undefined ? 'Points never expire' : `Points expire after ${daysWords(windowDays)}`,
  );
  say('decay', ({ decay }) => `Decay: ${describeDecay(decay)}`);
  say('reset', ({ reset }) => `The count ${describeReset(reset)}`);
  say('bands', ({ bands }) => (bands ? `Bands: ${bandWords(bands)}` : 'No bands'));
  return changes;
};

const bandWords = (bands: NonNullable<ScoreModel['bands']>): string =>
  [...bands]
    .sort((a, b) => b.from - a.from)
    .map(({ name, from }) => `${name} from ${number(from)}`)
    .join(', ');

const capWords = (cap: number | undefined): string => (cap === undefined ? 'no cap' : `a cap of ${number(cap)}`);

const groupChanges = (before: readonly Group[], after: readonly Group[]): Change[] => [
  ...after.flatMap((group): Change[] => {
    const old = before.find(({ id }) => id === group.id);
    if (!old) return [{ act: 'added', what: `Group “${group.name}” with ${capWords(group.cap)}` }];
    const said = [
      ...(old.name === group.name ? [] : [`is called “${group.name}”`]),
      ...(old.cap === group.cap ? [] : [`has ${capWords(group.cap)} instead of ${capWords(old.cap)}`]),
      ...(old.kind === group.kind ? [] : ['is of another kind']),
    ];
    return said.length === 0 ? [] : [changed(`Group “${old.name}” ${said.join(', ')}`)];
  }),
  ...before
    .filter(({ id }) => !after.some((group) => group.id === id))
    .map(({ name }): Change => ({ act: 'removed', what: `Group “${name}”` })),
];

const ruleChanges = (before: ScoreModel | null, after: ScoreModel, names: Names): Change[] => {
  const old = before?.rules ?? [];
  return [
    ...after.rules.flatMap((rule): Change[] => {
      const was = old.find(({ id }) => id === rule.id);
      if (!was)
        return [{ act: 'added', what: `Rule “${rule.name}”: ${signed(rule.points)} for ${describeRule(rule, names)}` }];
      const said = ruleSaid(was, rule, before, after, names);
      return said.length === 0 ? [] : [changed(`Rule “${was.name}”: ${said.join(', ')}`)];
    }),
    ...old
      .filter(({ id }) => !after.rules.some((rule) => rule.id === id))
      .map((rule): Change => ({ act: 'removed', what: `Rule “${rule.name}” (${signed(rule.points)})` })),
  ];
};

const ruleSaid = (was: Rule, rule: Rule, before: ScoreModel | null, after: ScoreModel, names: Names): string[] => {
  const looksAt = (one: Rule): unknown =>
    one.kind === 'profile' ? [one.kind, one.when] : [one.kind, one.event, one.where];
  const said: string[] = [];
  if (was.points !== rule.points) said.push(`${signed(rule.points)} instead of ${signed(was.points)}`);
  if (was.name !== rule.name) said.push(`is called “${rule.name}”`);
  if (!same(looksAt(was), looksAt(rule))) said.push(`looks at ${describeRule(rule, names)}`);
  if (was.kind === 'behaviour' && rule.kind === 'behaviour') {
    if (!same(was.counts, rule.counts)) said.push(`counts ${ruleCounts(rule)}`);
    if (was.decays !== rule.decays) said.push(rule.decays ? 'fades with the half-life' : 'does not fade');
  }
  if (was.group !== rule.group)
    said.push(`in “${nameIn(after.groups, rule.group)}” instead of “${nameIn(before?.groups ?? [], was.group)}”`);
  if (was.tier !== rule.tier) said.push(rule.tier ? `tier ${tierWords[rule.tier].toLowerCase()}` : 'no tier');
  return said;
};
