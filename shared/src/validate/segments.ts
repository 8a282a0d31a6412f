import type { Condition } from '../model/condition.ts';
import { partsOf, segmentsNamed } from '../model/condition-parts.ts';
import type { Segment } from '../model/segment.ts';
import { checkCondition } from './conditions.ts';
import type { Place } from './place.ts';

/** Checks a segment: its condition, and that it does not contain itself. */
export const checkSegment = (place: Place, segment: Segment, segments: readonly Segment[]): void => {
  checkCondition(place, segment.when, 'segment', 'when');
  const circle = circleThrough(segment, segments);
  if (circle) {
    const names = circle.map(({ name }) => `"${name}"`);
    place.error(
      'cyclic_segment',
      'when',
      names.length === 1
        ? `${names[0]} refers to itself. A segment cannot contain itself: take the reference out.`
        : `The segment contains itself: ${[...names, names[0]].join(' refers to ')}. Take one of these references out.`,
    );
  }
};

/** The shortest way from a segment back to itself, itself first; null when there is none. */
const circleThrough = (segment: Segment, segments: readonly Segment[]): Segment[] | null => {
  const byId = new Map(segments.map((other) => [other.id, other]));
  const met = new Set<string>();
  let paths: Segment[][] = [[segment]];
  while (paths.length > 0) {
    const longer: Segment[][] = [];
    for (const path of paths) {
      for (const id of segmentsNamed(path.at(-1)?.when ?? segment.when)) {
        if (id === segment.id) return path;
        const next = byId.get(id);
        if (!next || met.has(id)) continue;
        met.add(id);
        longer.push([...path, next]);
      }
    }
    paths = longer;
  }
  return null;
};

/** All kinds of conditions that say who is in a segment, those of segments inside it too. */
export const kindsIn = (segment: Segment, segments: readonly Segment[]): Set<Condition['kind']> => {
  const kinds = new Set<Condition['kind']>();
  for (const part of conditionsIn(segment, segments)) kinds.add(part.kind);
  return kinds;
};

/** Every condition that says who is in a segment, those of segments inside it too. */
export const conditionsIn = (segment: Segment, segments: readonly Segment[]): Condition[] => {
  const met = new Set([segment.id]);
  const parts: Condition[] = [];
  const open = [segment];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const part of partsOf(next.when, { ofEvents: false })) {
      parts.push(part);
      if (part.kind !== 'segment' || met.has(part.segment)) continue;
      met.add(part.segment);
      open.push(...segments.filter(({ id }) => id === part.segment));
    }
  }
  return parts;
};

/** The conditions of which every one holds whenever a condition does, through segments and all that must hold together. */
export const partsThatMustHold = (condition: Condition, segments: readonly Segment[]): Condition[] => {
  switch (condition.kind) {
    case 'all':
      return condition.of.flatMap((part) => partsThatMustHold(part, segments));
    case 'segment': {
      const segment = segments.find(({ id }) => id === condition.segment);
      // Without it, so that a circle ends.
      return segment
        ? partsThatMustHold(
            segment.when,
            segments.filter((other) => other !== segment),
          )
        : [condition];
    }
    default:
      return [condition];
  }
};
