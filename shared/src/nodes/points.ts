import { z } from 'zod';
import { countingSchema } from '../model/counting.ts';
import { automationsGroupId, pointsSchema } from '../model/score-model.ts';
import { daysMs, daysSchema } from '../model/time.ts';
import { idSchema } from '../model/value.ts';
import { next, nodeType, type Outcome, type Pass } from './node-type.ts';
import type { Counting } from '../model/counting.ts';

const group = idSchema.default(automationsGroupId);
/** Every pass scores unless the node says otherwise. */
const counts = countingSchema.default({ kind: 'every_time' });
const floor = z.number().min(0).default(0);

const whenItCounts = (pass: Pass, counting: Counting, act: () => string): Outcome => {
  const counted = pass.counts(counting);
  return next(counted.ok ? act() : counted.why);
};

/** Points of behaviour into a group, fading and expiring as the model says. */
export const addPoints = nodeType({
  type: 'add_points',
  title: 'Add points',
  kind: 'instant',
  settings: z.strictObject({
    model: idSchema,
    group,
    points: pointsSchema.positive(),
    counts,
    decays: z.boolean().default(true),
  }),
  ports: () => ['next'],
  references: (settings) => ({ models: [settings.model], groups: [settings] }),
  counting: (settings) => settings.counts,
  run: (settings, pass) =>
    whenItCounts(pass, settings.counts, () =>
      pass.addPoints(settings.model, settings.group, settings.points, {
        decays: settings.decays,
        expiresAfterMs: null,
      }),
    ),
});

/** A decay step: takes points off the behaviour part, not below the floor. */
export const subtractPoints = nodeType({
  type: 'subtract_points',
  title: 'Subtract points',
  kind: 'instant',
  settings: z.strictObject({ model: idSchema, points: pointsSchema.positive(), floor, counts }),
  ports: () => ['next'],
  references: (settings) => ({ models: [settings.model] }),
  counting: (settings) => settings.counts,
  run: (settings, pass) =>
    whenItCounts(pass, settings.counts, () =>
      pass.takePoints(settings.model, { kind: 'points', points: settings.points }, settings.floor),
    ),
});

/** A negative entry that may go below the floor; it stays unless asked to fade or expire. */
export const penalty = nodeType({
  type: 'penalty',
  title: 'Penalty',
  kind: 'instant',
  settings: z.strictObject({
    model: idSchema,
    group,
    points: pointsSchema.positive(),
    counts,
    decays: z.boolean().default(false),
    expiresAfterDays: daysSchema.optional(),
  }),
  ports: () => ['next'],
  references: (settings) => ({ models: [settings.model], groups: [settings] }),
  counting: (settings) => settings.counts,
  run: (settings, pass) =>
    whenItCounts(pass, settings.counts, () =>
      pass.addPoints(settings.model, settings.group, -settings.points, {
        decays: settings.decays,
        expiresAfterMs: settings.expiresAfterDays === undefined ? Infinity : daysMs(settings.expiresAfterDays),
      }),
    ),
});

/** A lasting adjustment after which the score reads the target. */
export const setScore = nodeType({
  type: 'set_score',
  title: 'Set score',
  kind: 'instant',
  settings: z.strictObject({ model: idSchema, score: pointsSchema }),
  ports: () => ['next'],
  references: (settings) => ({ models: [settings.model] }),
  run: (settings, pass) => next(pass.setScore(settings.model, settings.score)),
});

/** The count starts again; profile points stay. */
export const resetScore = nodeType({
  type: 'reset_score',
  title: 'Reset score',
  kind: 'instant',
  settings: z.strictObject({ model: idSchema }),
  ports: () => ['next'],
  references: (settings) => ({ models: [settings.model] }),
  run: (settings, pass) => next(pass.resetScore(settings.model)),
});

/** A decay step of so many percent of the behaviour part. */
export const decayPercent = nodeType({
  type: 'decay_percent',
  title: 'Decay percent',
  kind: 'instant',
  settings: z.strictObject({ model: idSchema, percent: z.number().positive().max(100), floor }),
  ports: () => ['next'],
  references: (settings) => ({ models: [settings.model] }),
  run: (settings, pass) =>
    next(pass.takePoints(settings.model, { kind: 'percent', percent: settings.percent }, settings.floor)),
});
