import { compile } from '../core/compile.ts';
import { scoreAt } from '../core/scores/explain.ts';
import { FactBook } from '../core/facts.ts';
import { step } from '../core/step.ts';
import { newSubject } from '../core/subject.ts';
import { definitionsOf } from '../model/definitions.ts';
import { scoreModelSchema, type ScoreModel } from '../model/score-model.ts';
import { dayMs } from '../model/time.ts';

export interface FadingPoint {
  day: number;
  score: number;
}

/**
 * What becomes of so many behaviour points that are earned today, if the contact is never active again: computed by the core
 * itself, day by day. Null when the model's decay is unfinished.
 */
export const fading = (model: ScoreModel, points: number, days = 365): FadingPoint[] | null => {
  const probe = scoreModelSchema.safeParse({
    ...model,
    audience: undefined,
    groups: [{ id: 'probe', name: 'Probe', kind: 'behaviour' }],
    rules: [{ kind: 'behaviour', id: 'probe', name: 'Probe', group: 'probe', points, event: 'probe' }],
    clamp: { min: Math.min(0, points), max: Math.max(1, points) },
  });
  if (!probe.success || !Number.isFinite(points)) return null;
  const program = compile(definitionsOf([probe.data]));
  const facts = new FactBook();
  const start = dayMs;
  let { subject } = step(
    program,
    newSubject('probe'),
    {
      kind: 'event',
      messageId: 'probe',
      type: 'probe',
      properties: {},
      fields: null,
      occurredAt: start,
      arrivedAt: start,
      backfilled: false,
    },
    facts,
  );
  return Array.from({ length: days + 1 }, (_, day) => {
    const to = start + day * dayMs;
    subject = step(program, subject, { kind: 'tick', to, now: to }, facts).subject;
    return { day, score: scoreAt(program, subject, probe.data.id, to).score };
  });
};

/** The first day on which at most `share` of the start is left; null when that does not happen. */
export const dayBelow = (curve: readonly FadingPoint[], share: number): number | null => {
  const start = curve[0]?.score ?? 0;
  return curve.find(({ score }) => score <= start * share + 1e-9)?.day ?? null;
};
