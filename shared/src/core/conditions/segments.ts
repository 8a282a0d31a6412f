import type { Segment } from '../../model/segment.ts';
import { compileCondition, type CompiledCondition, type SegmentOf } from './conditions.ts';
import { triggerKey } from '../program.ts';
import type { Work } from '../work.ts';

/** A segment that a trigger of a live automation watches: only these are part of a contact's state. */
export interface WatchedSegment {
  id: string;
  when: CompiledCondition;
  /** Keys in `triggers`. */
  entered: string;
  left: string;
}

/** Compiles segments as they are asked for; they may name each other. Throws a sentence when they do so in a circle. */
export const compileSegments = (segments: readonly Segment[]): SegmentOf => {
  const compiled = new Map<string, CompiledCondition>();
  const open = new Set<string>();
  const segmentOf: SegmentOf = (id) => {
    const known = compiled.get(id);
    if (known) return known;
    const segment = segments.find((other) => other.id === id);
    if (!segment) return null;
    if (open.has(id)) throw new Error(`The segment "${id}" contains itself.`);
    open.add(id);
    const made = compileCondition(segment.when, segmentOf);
    open.delete(id);
    compiled.set(id, made);
    return made;
  };
  return segmentOf;
};

/** In the order of their ids. */
export const watchedSegments = (ids: Iterable<string>, segmentOf: SegmentOf): WatchedSegment[] =>
  [...new Set(ids)].sort().flatMap((id) => {
    const when = segmentOf(id);
    return when ? [{ id, when, entered: triggerKey('segment_entered', id), left: triggerKey('segment_left', id) }] : [];
  });

/** The watched segments that the contact is in now. */
const membership = (work: Work): string[] =>
  work.program.watched.filter(({ when }) => when.holds(work)).map(({ id }) => id);

/**
 * Takes note of the segments that the contact has entered and left since they were looked at last; what that triggers
 * queues. Returns whether it did.
 */
export const lookAtSegments = (work: Work): boolean => {
  const { watched } = work.program;
  if (watched.length === 0 || !work.changedSinceLook()) return false;
  const before = work.subject.segments;
  let changed = false;
  for (const { id, when, entered, left } of watched) {
    const is = when.holds(work);
    if (is === before.includes(id)) continue;
    changed = true;
    work.queue.push({ kind: 'trigger', key: is ? entered : left, properties: { segment: id } });
  }
  if (changed) work.subject.segments = membership(work);
  return changed;
};

/**
 * Under other definitions: who is in a segment then did not enter it. A contact whom nothing happened to yet is in none, so
 * that its first event may take it into some.
 */
export const adoptSegments = (work: Work): void => {
  const { subject } = work;
  const next = subject.clock === 0 ? [] : membership(work);
  if (JSON.stringify(next) !== JSON.stringify(subject.segments)) subject.segments = next;
};
