import { describe, expect, test } from 'vitest';
import type { Condition } from '../../model/condition.ts';
import type { DefinitionInput } from '../../model/definitions.ts';
import { automation, model, Play, programOf, rule } from '../generators/play.ts';

const segment = (id: string, when: Condition): DefinitionInput => ({ kind: 'segment', id, name: id, when });

const opened = (more: { withinDays?: number; atLeast?: number; atMost?: number } = {}): Condition => ({
  kind: 'performed',
  event: 'email_opened',
  ...more,
});

/** Automations that leave a trail when the contact enters and leaves. */
const watching = (id: string): DefinitionInput[] => [
  automation('in', [{ type: 'segment_entered', segment: id }], [{ id: 'entered', type: 'end', settings: {} }]),
  automation('out', [{ type: 'segment_left', segment: id }], [{ id: 'left', type: 'end', settings: {} }]),
];

const ended = (node: string, on: number): string => `${node}:-@${String(on)} completed`;

describe('a contact enters and leaves a segment', () => {
  test('with its fields', () => {
    const when: Condition = { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } };
    const play = new Play(programOf(segment('us', when), ...watching('us')));
    play
      .then({ on: 1, type: 'identify', fields: { country: 'DE' } })
      .then({ on: 2, type: 'identify', fields: { country: 'US' } })
      .then({ on: 3, type: 'identify', fields: { city: 'Boston' } })
      .then({ on: 4, type: 'identify', fields: { country: 'DE' } });
    expect(play.trails).toEqual([ended('entered', 2), ended('left', 4)]);
  });

  test('when the event that makes it one too few leaves the window, at that very moment', () => {
    const play = new Play(programOf(segment('busy', opened({ withinDays: 10, atLeast: 2 })), ...watching('busy')));
    play.then({ on: 1, type: 'email_opened' }, { on: 4, type: 'email_opened' }, { on: 6, type: 'email_opened' });
    expect(play.dueOn).toBe(14);
    play.until(30);
    expect(play.trails).toEqual([ended('entered', 4), ended('left', 14)]);
  });

  test('when what was too often is over', () => {
    const play = new Play(programOf(segment('calm', opened({ withinDays: 10, atMost: 1 })), ...watching('calm')));
    play.then({ on: 1, type: 'email_opened' }, { on: 4, type: 'email_opened' }).until(30);
    expect(play.trails).toEqual([ended('entered', 1), ended('left', 4), ended('entered', 11)]);
  });

  test('when its score, or the part that decays, fades past the level', () => {
    const scored = (part: 'all' | 'behaviour'): Condition => ({ kind: 'score', model: 'main', part, atLeast: 10 });
    const fading = model([rule('opened', 'email_opened', 40)], { halfLifeDays: 5 });
    for (const part of ['all', 'behaviour'] as const) {
      const play = new Play(programOf(fading, segment('warm', scored(part)), ...watching('warm')));
      play.then({ on: 1, type: 'email_opened' }).until(30);
      expect(play.trails[0]).toBe(ended('entered', 1));
      expect(play.trails[1]).toContain('left:');
      expect(Number(/@(\S+)/.exec(play.trails[1] ?? '')?.[1])).toBeCloseTo(11, 5);
    }
  });

  test('with what automations do, and segments inside segments', () => {
    const label: Condition = { kind: 'label', label: 'vip' };
    const play = new Play(
      programOf(
        segment('vips', label),
        segment('busy-vips', { kind: 'all', of: [{ kind: 'segment', segment: 'vips' }, opened({ atLeast: 2 })] }),
        automation(
          'give',
          [{ type: 'event', event: 'form_submitted' }],
          [{ id: 'label', type: 'add_label', settings: { label: 'vip' } }],
        ),
        ...watching('busy-vips'),
      ),
    );
    play
      .then({ on: 1, type: 'email_opened' }, { on: 2, type: 'form_submitted' }, { on: 3, type: 'email_opened' })
      .until(4);
    expect(play.trails).toEqual(['label:next@2 completed', ended('entered', 3)]);
  });
});

describe('time alone is waited for', () => {
  const bands = [
    { id: 'c', name: 'C', from: 0 },
    { id: 'b', name: 'B', from: 10 },
    { id: 'a', name: 'A', from: 35 },
  ];
  const fading = model([rule('opened', 'email_opened', 40)], { halfLifeDays: 5, bands });
  const keen = (...of: Condition[]): DefinitionInput[] => [
    fading,
    segment('keen', { kind: 'all', of }),
    ...watching('keen'),
  ];
  const from = (country: string): Condition => ({
    kind: 'field',
    field: 'country',
    is: { op: 'equals', value: country },
  });

  test('only while the segment does not hang on something that time cannot change', () => {
    const inBand: Condition = { kind: 'band', model: 'main', in: ['b', 'a'] };
    const recently = opened({ withinDays: 3, atLeast: 2 });
    const inside = new Play(programOf(...keen(inBand, from('US'))));
    inside.then({ on: 1, type: 'email_opened', fields: { country: 'US' } });
    expect(inside.dueOn).toBeCloseTo(11, 5);
    for (const condition of [inBand, recently]) {
      const outside = new Play(programOf(...keen(condition, from('US'))));
      outside.then({ on: 1, type: 'email_opened', fields: { country: 'DE' } }, { on: 2, type: 'email_opened' });
      expect(outside.driver.subject.nextDueAt).toBeNull();
      outside.then({ on: 2, type: 'identify', fields: { country: 'US' } });
      expect(outside.driver.subject.nextDueAt).not.toBeNull();
    }
  });

  test('for a score that is asked of events in the past', () => {
    const scored: Condition = { kind: 'score', model: 'main', atLeast: 10 };
    const play = new Play(programOf(...keen({ kind: 'performed', event: 'email_opened', where: scored })));
    play.then({ on: 1, type: 'email_opened' });
    expect(play.dueOn).toBeCloseTo(11, 5);
    play.until(30);
    expect(play.trails).toEqual([ended('entered', 1), expect.stringContaining('left:')]);
  });

  test('where a band that is asked for begins or ends, not between two that are', () => {
    for (const [among, on] of [
      [['a'], 1 + 5 * Math.log2(40 / 35)],
      [['a', 'b'], 11],
      [['c', 'b'], 1 + 5 * Math.log2(40 / 35)],
    ] as const) {
      const play = new Play(programOf(...keen({ kind: 'band', model: 'main', in: [...among] })));
      play.then({ on: 1, type: 'email_opened' });
      expect(play.dueOn).toBeCloseTo(on, 5);
    }
    const all = new Play(programOf(...keen({ kind: 'band', model: 'main', in: ['a', 'b', 'c'] })));
    all.then({ on: 1, type: 'email_opened' });
    expect(all.driver.subject.nextDueAt).toBeNull();
  });
});

describe('what a publication says', () => {
  const when: Condition = { kind: 'field', field: 'country', is: { op: 'is_set' } };

  test('makes nobody enter who is in it then', () => {
    const play = new Play(programOf(segment('known', when)));
    play.then({ on: 1, type: 'identify', fields: { country: 'US' } });
    play.publish(programOf(segment('known', when), ...watching('known')));
    play.then({ on: 2, type: 'email_opened' }).then({ on: 3, type: 'identify', fields: { country: null } });
    expect(play.trails).toEqual([ended('left', 3)]);
  });

  test('lets the first input after it take a contact in', () => {
    const play = new Play(programOf(segment('known', when)));
    play.then({ on: 1, type: 'email_opened' });
    play.publish(programOf(segment('known', when), ...watching('known')));
    play.then({ on: 2, type: 'identify', fields: { country: 'US' } });
    expect(play.trails).toEqual([ended('entered', 2)]);
  });
});

test('automations that take a contact in and out of a segment in circles are cut off', () => {
  const label: Condition = { kind: 'label', label: 'ping' };
  const settings = { label: 'ping' };
  const play = new Play(
    programOf(
      segment('pinged', label),
      automation(
        'take',
        [{ type: 'segment_entered', segment: 'pinged' }],
        [{ id: 'n', type: 'remove_label', settings }],
      ),
      automation(
        'give',
        [
          { type: 'segment_left', segment: 'pinged' },
          { type: 'event', event: 'email_opened' },
        ],
        [{ id: 'n', type: 'add_label', settings }],
      ),
    ),
  );
  play.then({ on: 1, type: 'email_opened' });
  expect(play.trails.at(-1)).toContain('failed');
  expect(play.trails.length).toBeLessThan(110);
});

test('only segments that a live automation watches are part of the state', () => {
  const play = new Play(programOf(segment('openers', opened())));
  play.then({ on: 1, type: 'email_opened' });
  expect(play.driver.subject.segments).toEqual([]);
});
