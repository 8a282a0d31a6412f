import { same, type Change } from '../../drafts/index.ts';
import { describeCondition, type Names } from '../../fields/index.ts';
import type { DraftSegment } from './read-segment.ts';

/** What publishing a draft would change, in words. Without a version in force everything is new. */
export const differences = (before: DraftSegment | null, after: DraftSegment, names: Names): Change[] => {
  const act = before ? 'changed' : 'added';
  const changes: Change[] = [];
  if (before && before.name !== after.name) changes.push({ act, what: `Is called “${after.name}”` });
  if ((before?.description ?? '') !== (after.description ?? ''))
    changes.push(
      after.description ? { act, what: `Description: ${after.description}` } : { act: 'removed', what: 'Description' },
    );
  if (after.when && !same(before?.when, after.when))
    changes.push({ act, what: `In it is everybody of whom this is true: ${describeCondition(after.when, names)}` });
  return changes;
};
