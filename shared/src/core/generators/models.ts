import * as fc from 'fast-check';
import type { Condition } from '../../model/condition.ts';
import type { Counting } from '../../model/counting.ts';
import { lifecycleSchema, type Lifecycle } from '../../model/lifecycle.ts';
import {
  scoreModelSchema,
  type BehaviourRule,
  type ProfileRule,
  type Rule,
  type ScoreModel,
} from '../../model/score-model.ts';
import { fieldCondition, propertyCondition } from './conditions.ts';
import { days, eventTypes, generatedBands, maybe, points, stageIds } from './vocabulary.ts';

export const counting: fc.Arbitrary<Counting> = fc.oneof(
  fc.constant<Counting>({ kind: 'once' }),
  fc.constant<Counting>({ kind: 'every_time' }),
  fc.constant<Counting>({ kind: 'every_time' }),
  fc.constant<Counting>({ kind: 'once_per', property: 'asset' }),
  fc.record({ kind: fc.constant('at_most' as const), times: fc.integer({ min: 1, max: 3 }), perDays: days(1, 20) }),
);

const behaviourRule: fc.Arbitrary<Omit<BehaviourRule, 'id'>> = fc.record({
  kind: fc.constant('behaviour' as const),
  name: fc.constant('Behaviour'),
  group: fc.constantFrom('engagement', 'web', 'automations'),
  points,
  event: fc.constantFrom(...eventTypes),
  where: maybe(propertyCondition, 4),
  counts: counting,
  decays: fc.boolean(),
});

const profileRule = (when: fc.Arbitrary<Condition>): fc.Arbitrary<Omit<ProfileRule, 'id'>> =>
  fc.record({
    kind: fc.constant('profile' as const),
    name: fc.constant('Profile'),
    group: fc.constantFrom('fit', 'firm'),
    points,
    when,
  });

export interface ModelOptions {
  id: string;
  /** What profile rules may ask; conditions on fields only unless given. */
  profile?: fc.Arbitrary<Condition>;
  /** Whether models may have an audience. */
  audience?: boolean;
}

/** A score model with any mix of caps, half-life, window, decay and reset, in terms short enough to meet in one history. */
export const scoreModel = ({
  id,
  profile = fieldCondition,
  audience = false,
}: ModelOptions): fc.Arbitrary<ScoreModel> => {
  const rule = fc.oneof({ weight: 4, arbitrary: behaviourRule }, { weight: 1, arbitrary: profileRule(profile) });
  const cap = maybe(fc.integer({ min: 5, max: 60 }), 3);
  return fc
    .record({
      clamp: fc.constantFrom({ min: 0, max: 100 }, { min: 0, max: 100 }, { min: -50, max: 1_000 }),
      audience: audience ? maybe(fieldCondition, 5) : fc.constant(undefined),
      halfLifeDays: maybe(days(2, 40)),
      windowDays: maybe(days(5, 60)),
      caps: fc.record({ fit: cap, engagement: cap, web: cap }),
      rules: fc.array(rule, { minLength: 2, maxLength: 8 }),
      decay: maybe(
        fc.record({
          afterDays: days(3, 30),
          everyDays: maybe(days(1, 12)),
          by: fc.oneof(
            fc.record({ kind: fc.constant('points' as const), points: fc.integer({ min: 1, max: 30 }) }),
            fc.record({ kind: fc.constant('percent' as const), percent: fc.integer({ min: 5, max: 100 }) }),
          ),
          floor: fc.constantFrom(0, 0, 5, 12.5),
        }),
      ),
      reset: maybe(
        fc.record({
          afterDays: days(15, 120),
          from: fc.constantFrom('first_point' as const, 'last_activity' as const),
        }),
        3,
      ),
    })
    .map(({ caps, rules, ...rest }) =>
      scoreModelSchema.parse({
        kind: 'model',
        id,
        name: `Model ${id}`,
        ...rest,
        groups: [
          { id: 'fit', name: 'Fit', kind: 'profile', cap: caps.fit },
          { id: 'firm', name: 'Firm', kind: 'profile' },
          { id: 'engagement', name: 'Engagement', kind: 'behaviour', cap: caps.engagement },
          { id: 'web', name: 'Web', kind: 'behaviour', cap: caps.web },
        ],
        bands: generatedBands,
        rules: rules.map((one, index): Rule => ({ ...one, id: `r${String(index)}` })),
      }),
    );
};

/** Four stages low enough to be crossed often, both ways. */
export const lifecycle = (model: string): fc.Arbitrary<Lifecycle> =>
  fc
    .record({
      thresholds: fc.constantFrom([5, 12, 25, 40], [10, 50, 75, 100], [1, 5, 9, 60]),
      details: fc.tuple(
        ...stageIds.map(() =>
          fc.record({
            margin: fc.constantFrom(0, 0, 0, 0.5, 3),
            minimumStayDays: maybe(days(1, 20), 5),
            when: maybe(fieldCondition, 6),
          }),
        ),
      ),
      terminal: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ thresholds, details, terminal }) =>
      lifecycleSchema.parse({
        kind: 'lifecycle',
        model,
        stages: stageIds.map((id, index) => ({
          id,
          name: id,
          threshold: thresholds[index],
          ...details[index],
          terminal: id === 'sql' && terminal === 0,
        })),
      }),
    );
