import { definitionsOf, segmentSchema, validate, type Definition, type Segment } from '@ripen/shared';
import { schemaErrors } from '../../fields/errors.ts';
import { unfinishedWords } from '../models/unfinished.ts';
import type { DraftSegment } from './read-segment.ts';

/** What prevents publishing, and where in the segment; an empty path where it is about another document. */
export interface SegmentProblem {
  path: string;
  message: string;
  /** What the field itself says, which needs no name in it. */
  hint?: string;
}

/** What is wrong with a segment among what is in force, and what it would break elsewhere. */
export const problemsOfSegment = (draft: DraftSegment, inForce: readonly Definition[]): SegmentProblem[] => {
  if (draft.name.trim() === '') return [{ path: 'name', message: 'The segment has no name yet.' }];
  if (draft.when === undefined) return [{ path: 'when', message: 'Say who is in it.' }];
  const unfinished = schemaErrors(segmentSchema, draft);
  if (unfinished.length > 0)
    return unfinished.map(({ path, message }) => ({
      path,
      message: unfinishedWords(path, message, null),
      hint: message,
    }));
  const segment = draft as Segment; // Its schema had nothing against it.
  const keyOf = ({ document, path, code }: ReturnType<typeof validate>[number]): string =>
    [document.kind, document.id, path, code].join(' ');
  const before = new Set(validate(definitionsOf(inForce)).map(keyOf));
  const others = inForce.filter((document) => document.kind !== 'segment' || document.id !== segment.id);
  const isMine = ({ document }: ReturnType<typeof validate>[number]): boolean =>
    document.kind === 'segment' && document.id === segment.id;
  return validate(definitionsOf([...others, segment]))
    .filter((problem) => problem.severity === 'error' && (isMine(problem) || !before.has(keyOf(problem))))
    .map((problem) => ({ path: isMine(problem) ? (problem.path ?? '') : '', message: problem.message }));
};
