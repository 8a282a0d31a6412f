import type { Comparison, Condition } from '../model/condition.ts';
import type { Segment } from '../model/segment.ts';
import { compileComparison } from '../core/conditions/comparison.ts';
import type { Place } from './place.ts';

/** What conditions may look at, by where they stand. */
export type Allowed = 'profile' | 'event' | 'segment' | 'automation' | 'account';

const allowedKinds: Record<Allowed, ReadonlySet<Condition['kind']>> = {
  // What profile rules, audiences and stages look at must tell when it changes: fields, labels and the stage do.
  profile: new Set(['all', 'any', 'not', 'field', 'label', 'stage', 'segment']),
  event: new Set(['all', 'any', 'not', 'field', 'label', 'stage', 'segment', 'property']),
  account: new Set(['all', 'any', 'not', 'field']),
  // There is no event at hand when one asks who is in a segment.
  segment: new Set(['all', 'any', 'not', 'field', 'label', 'stage', 'segment', 'score', 'band', 'performed']),
  automation: new Set([
    'all',
    'any',
    'not',
    'field',
    'label',
    'stage',
    'segment',
    'property',
    'score',
    'band',
    'performed',
  ]),
};

const where: Record<Allowed, string> = {
  profile: 'fields, labels and stages',
  event: 'fields, labels, stages and the properties of the event',
  segment: 'fields, labels, stages, scores and what contacts did',
  automation: 'anything',
  account: 'fields of the account',
};

/** Checks a condition and all inside it. */
export const checkCondition = (place: Place, condition: Condition, allowed: Allowed, path: string): void => {
  if (!allowedKinds[allowed].has(condition.kind)) {
    place.error(
      'condition_not_allowed',
      path,
      `A condition of kind "${condition.kind}" cannot stand here; use ${where[allowed]}.`,
    );
    return;
  }
  switch (condition.kind) {
    case 'all':
    case 'any':
      condition.of.forEach((part, index) => checkCondition(place, part, allowed, `${path}.of.${index}`));
      if (condition.kind === 'all') checkContradiction(place, condition.of, path);
      return;
    case 'not':
      checkCondition(place, condition.of, allowed, `${path}.of`);
      return;
    case 'field':
    case 'property':
      checkComparison(place, condition.is, `${path}.is`);
      return;
    case 'performed':
      if (condition.where) checkCondition(place, condition.where, 'event', `${path}.where`);
      if (condition.atLeast !== undefined && condition.atMost !== undefined && condition.atLeast > condition.atMost) {
        place.error(
          'contradictory_condition',
          path,
          `"At least ${condition.atLeast}" and "at most ${condition.atMost}" never hold together.`,
        );
      }
      return;
    case 'score':
      place.model(condition.model, `${path}.model`);
      if (condition.atLeast === undefined && condition.below === undefined) {
        place.error('bad_settings', path, 'A score condition needs "atLeast", "below" or both.');
      } else if ((condition.atLeast ?? -Infinity) >= (condition.below ?? Infinity)) {
        place.error(
          'contradictory_condition',
          path,
          `A score is never at least ${condition.atLeast} and below ${condition.below}.`,
        );
      }
      return;
    case 'band':
      for (const band of condition.in) place.band(condition.model, band, path);
      return;
    case 'stage':
      for (const stage of condition.in) if (stage !== null) place.stage(stage, `${path}.in`);
      return;
    case 'label':
      return;
    case 'segment': {
      const segment = place.segment(condition.segment, path);
      if (segment) checkSegmentHere(place, segment, allowed, path);
      return;
    }
  }
};

/** A segment can stand where all that it looks at can. */
const checkSegmentHere = (place: Place, segment: Segment, allowed: Allowed, path: string): void => {
  const foreign = place.kindsOf(segment).find((kind) => !allowedKinds[allowed].has(kind));
  if (foreign !== undefined)
    place.error(
      'condition_not_allowed',
      path,
      `The segment "${segment.name}" looks at ${spoken[foreign] ?? foreign} and cannot stand here; use ${where[allowed]}.`,
    );
};

const spoken: Partial<Record<Condition['kind'], string>> = {
  score: 'scores',
  band: 'bands of scores',
  performed: 'what contacts did',
  property: 'properties of events',
};

const checkComparison = (place: Place, is: Comparison, path: string): void => {
  if (is.op === 'between' && Number(is.from) > Number(is.to)) {
    place.error('contradictory_condition', path, `Nothing lies between ${is.from} and ${is.to}; swap them.`);
  }
  try {
    compileComparison(is);
  } catch (error) {
    place.error(
      'bad_pattern',
      path,
      `The pattern cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
};

/** Two different values asked of one field at once. */
const checkContradiction = (place: Place, parts: readonly Condition[], path: string): void => {
  const wanted = new Map<string, string>();
  for (const part of parts) {
    if (part.kind !== 'field' || part.is.op !== 'equals') continue;
    const value = String(part.is.value).trim().toLowerCase();
    const other = wanted.get(part.field);
    // A field can hold a list, but then "contains all of" is meant by conditions on its members, which is rare enough to warn.
    if (other !== undefined && other !== value) {
      place.warning(
        'contradictory_condition',
        path,
        `"${part.field}" would have to equal both "${other}" and "${value}"; the condition holds for lists only.`,
      );
    }
    wanted.set(part.field, value);
  }
};
