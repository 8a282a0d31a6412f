import { segmentSchema, type Condition, type Segment } from '@ripen/shared';
import type { Read } from '../../drafts/index.ts';
import { isShownCondition } from '../models/read-model.ts';

/** A segment of which nobody has said yet who is in it. */
export type DraftSegment = Omit<Segment, 'when'> & { when?: Condition | undefined };

/** Where a new one begins. */
export const emptySegment = (id: string, name: string): DraftSegment => ({ kind: 'segment', id, name });

/** Reads a draft. Its condition may be unfinished; it must have the shape that can be shown, or it is corrupt. */
export const readSegment = (raw: unknown): Read<DraftSegment> => {
  const whole = segmentSchema.safeParse(raw);
  if (whole.success) return { kind: 'document', document: whole.data };
  if (typeof raw !== 'object' || raw === null || !('kind' in raw) || raw.kind !== 'segment' || !('id' in raw))
    return { kind: 'corrupt', why: 'It is not a segment.' };
  const { name, description, when } = raw as Record<string, unknown>; // Some object; each is looked at below.
  if (when !== undefined && !isShownCondition(when)) return { kind: 'corrupt', why: 'Who is in it cannot be read.' };
  return {
    kind: 'document',
    document: {
      kind: 'segment',
      id: String(raw.id),
      name: typeof name === 'string' ? name : '',
      ...(typeof description === 'string' && { description }),
      // Of a shape that can be shown; what may still be wrong in it is what problems say.
      ...(when !== undefined && { when: when as Condition }),
    },
  };
};
