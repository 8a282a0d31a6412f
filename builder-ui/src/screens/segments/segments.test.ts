import { definitionSchema, type Condition, type Definition } from '@ripen/shared';
import { describe, expect, test } from 'vitest';
import { noNames } from '../../fields/index.ts';
import { differences } from './differences.ts';
import { problemsOfSegment } from './problems.ts';
import { emptySegment, readSegment } from './read-segment.ts';

const inside = (segment: string): Condition => ({ kind: 'segment', segment });
const inUs: Condition = { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } };
const segment = (id: string, when: Condition): Definition =>
  definitionSchema.parse({ kind: 'segment', id, name: id, when });

describe('a draft of a segment', () => {
  test('is shown unfinished, and refused where it cannot be shown', () => {
    const empty = emptySegment('vips', 'VIPs');
    expect(readSegment(empty)).toEqual({ kind: 'document', document: empty });
    expect(readSegment({ ...empty, when: { kind: 'field', field: '', is: { op: 'equals', value: '' } } }).kind).toBe(
      'document',
    );
    expect(readSegment({ ...empty, when: inside('others') }).kind).toBe('document');
    expect(readSegment({ ...empty, when: { kind: 'moon' } })).toEqual({
      kind: 'corrupt',
      why: 'Who is in it cannot be read.',
    });
    expect(readSegment({ kind: 'model', id: 'vips' }).kind).toBe('corrupt');
  });

  test('is not published without a name, without a condition, or in a circle', () => {
    const empty = emptySegment('vips', '');
    expect(problemsOfSegment(empty, [])).toEqual([{ path: 'name', message: 'The segment has no name yet.' }]);
    expect(problemsOfSegment({ ...empty, name: 'VIPs' }, [])).toEqual([{ path: 'when', message: 'Say who is in it.' }]);
    expect(problemsOfSegment({ ...empty, name: 'VIPs', when: inUs }, [])).toEqual([]);
    const others = [segment('vips', inUs), segment('friends', inside('vips'))];
    expect(problemsOfSegment({ ...empty, name: 'VIPs', when: inside('friends') }, others)).toContainEqual({
      path: 'when',
      message:
        'The segment contains itself: "VIPs" refers to "friends" refers to "VIPs". Take one of these references out.',
    });
    expect(problemsOfSegment({ ...empty, name: 'VIPs', when: inside('gone') }, [])).toEqual([
      { path: 'when', message: 'There is no segment "gone".' },
    ]);
  });

  test('says what it changes', () => {
    const before = { ...emptySegment('vips', 'VIPs'), when: inUs };
    expect(differences(before, before, noNames)).toEqual([]);
    expect(differences(null, before, noNames).map(({ act }) => act)).toEqual(['added']);
    expect(
      differences(before, { ...before, name: 'Best', description: 'Ours' }, noNames).map(({ what }) => what),
    ).toEqual(['Is called “Best”', 'Description: Ours']);
  });
});
