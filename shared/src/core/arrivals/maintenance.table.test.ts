import { describe, expect, test } from 'vitest';
import type { MaintenanceAction } from '../../model/maintenance.ts';
import { automation, day, model, Play, programOf, rule, type Happening } from '../generators/play.ts';
import { maintaining, wouldChange } from './maintenance.ts';

const maintain = (on: number, ...actions: MaintenanceAction[]): Happening => ({
  on,
  type: 'ripen.maintain',
  properties: maintaining({ program: 'nightly', run: 'first', actions }),
});
const toScore = (part: 'all' | 'behaviour', of = 'main'): MaintenanceAction => ({
  type: 'set_field',
  field: part,
  to: { kind: 'score', model: of, part },
});
const ofUs = {
  ...{ kind: 'profile' as const, id: 'us', name: 'US', group: 'fit', points: 10 },
  when: { kind: 'field' as const, field: 'country', is: { op: 'equals' as const, value: 'US' } },
};

describe('a run of a maintenance program', () => {
  test('sets fields to the score and its behaviour part as they are then', () => {
    const play = new Play(programOf(model([rule('open', 'opened', 16), ofUs], { halfLifeDays: 10 })));
    play.then({ on: 0, type: 'identify', fields: { country: 'US' } }, { on: 0, type: 'opened' });
    play.then(maintain(10, toScore('all'), toScore('behaviour')));
    expect(play.driver.subject.fields).toMatchObject({ all: 18, behaviour: 8 });
    expect(play.ledger).toHaveLength(2);
  });

  test('changes what rules look at, and sets off what its changes trigger', () => {
    const tagged = automation(
      'tagged',
      [{ type: 'label_added', label: 'kept' }],
      [{ id: 'add', type: 'add_points', settings: { model: 'main', points: 3 } }],
    );
    const play = new Play(programOf(model([ofUs]), tagged));
    play.then({ on: 0, type: 'opened' });
    const country: MaintenanceAction = { type: 'set_field', field: 'country', to: { kind: 'value', value: 'US' } };
    play.then(maintain(1, country, { type: 'add_label', label: 'kept' }, toScore('all')));
    expect(play.ledger).toEqual(['profile +10 @1 rule:us', 'points +3 @1 node:tagged/add']);
    // What it sets off comes after it.
    expect(play.driver.subject.fields['all']).toBe(10);
    play.then(maintain(2, { type: 'add_label', label: 'kept' }), maintain(3, { type: 'remove_label', label: 'kept' }));
    expect([play.ledger.length, play.driver.subject.labels]).toEqual([2, []]);
  });

  test('is no activity of the contact, and notes a model that is gone', () => {
    const play = new Play(programOf(model([rule('open', 'opened', 1)])));
    play.then({ on: 0, type: 'opened' }, maintain(5, toScore('all', 'gone')));
    expect(play.driver.subject.lastActivityAt).toBe(day(0));
    expect(play.driver.subject.fields).toEqual({});
    expect(play.outcome.notes).toEqual(['there is no score model "gone" to set "all" to']);
  });

  test('is foreseen: who would be left as it is need not be told', () => {
    const program = programOf(model([rule('open', 'opened', 16)], { halfLifeDays: 10 }));
    const play = new Play(program).then({ on: 0, type: 'opened' });
    const foreseen = (on: number, ...actions: MaintenanceAction[]): boolean =>
      wouldChange(program, play.driver.subject, actions, day(on));
    expect(foreseen(0, toScore('all'))).toBe(true);
    play.then(maintain(0, toScore('all'), { type: 'add_label', label: 'kept' }));
    expect(foreseen(0, toScore('all'), { type: 'add_label', label: 'kept' })).toBe(false);
    expect(foreseen(10, toScore('all'))).toBe(true);
    expect(foreseen(0, { type: 'remove_label', label: 'kept' })).toBe(true);
    expect(foreseen(0, toScore('all', 'gone'))).toBe(false);
  });
});
