import type { Condition } from '@ripen/shared';

/** Where a condition stands decides what it may look at; shared's validation has the same. */
export type Scope = 'profile' | 'event' | 'segment' | 'automation' | 'account';

type Leaf = Extract<
  Condition,
  { kind: 'field' | 'property' | 'performed' | 'score' | 'band' | 'stage' | 'label' | 'segment' }
>;
export type LeafKind = Leaf['kind'];

/** What a row can be about, in the order of the picker. */
export const leafWords: Record<LeafKind, string> = {
  field: 'Field',
  property: 'This event',
  performed: 'Behaviour',
  score: 'Score',
  band: 'Band of a score',
  stage: 'Stage',
  label: 'Label',
  segment: 'Segment',
};

const allowed: Record<Scope, readonly LeafKind[]> = {
  profile: ['field', 'stage', 'label', 'segment'],
  event: ['property', 'field', 'stage', 'label', 'segment'],
  segment: ['field', 'performed', 'score', 'band', 'stage', 'label', 'segment'],
  account: ['field'],
  automation: ['field', 'performed', 'score', 'band', 'stage', 'label', 'segment', 'property'],
};

export const leafKinds = (scope: Scope): readonly LeafKind[] => allowed[scope];

/** A row before anything is chosen. */
export const freshLeaf = (kind: LeafKind, start: { model: string; stage: string }): Leaf => {
  switch (kind) {
    case 'field':
      return { kind, field: '', is: { op: 'equals', value: '' } };
    case 'property':
      return { kind, property: '', is: { op: 'equals', value: '' } };
    case 'performed':
      return { kind, event: '', atLeast: 1 };
    case 'score':
      return { kind, model: start.model, atLeast: 50 };
    case 'band':
      return { kind, model: start.model, in: [] };
    case 'stage':
      return { kind, in: start.stage ? [start.stage] : [] };
    case 'label':
      return { kind, label: '' };
    case 'segment':
      return { kind, segment: '' };
  }
};
