import { describe, expect, test } from 'vitest';
import { nodeTypes } from '../../nodes/registry.ts';
import { entered, go, label, pass, type NodeInput } from '../generators/pass-through.ts';
import { automation, day, type Happening } from '../generators/play.ts';

const plain = (days: number): string => String(Math.round(days * 1e6) / 1e6);

/** One test or more per node type that waits: a type without one fails below. */
const cases: Record<string, () => void> = {
  wait_time: () => {
    const play = pass([
      { id: 'wait', type: 'wait_time', settings: { duration: { amount: 36, unit: 'hours' } } },
      label('late'),
    ]).then(go);
    expect([play.trails, play.dueOn]).toEqual([['wait:-@1 waiting'], 2.5]);
    expect(play.until(3).trails).toEqual(['wait:-@1 wait:next@2.5 late:next@2.5 completed']);
  },
  wait_event: () => {
    const nodes: NodeInput[] = [
      { id: 'wait', type: 'wait_event', settings: { event: 'bought', timeout: { amount: 3, unit: 'days' } } },
      label('yes'),
      label('no'),
    ];
    const edges = entered(nodes, [
      ['wait', 'happened', 'yes'],
      ['wait', 'timed_out', 'no'],
    ]);
    expect(pass(nodes, { edges }).then(go, { on: 2, type: 'bought' }).until(9).trails).toEqual([
      'wait:-@1 wait:happened@2 yes:next@2 completed',
    ]);
    expect(pass(nodes, { edges }).then(go).until(9).trails).toEqual(['wait:-@1 wait:timed_out@4 no:next@4 completed']);
  },
  wait_until: () => {
    const to = (days: number) => new Date(day(days)).toISOString();
    const fixed = (days: number): NodeInput[] => [
      { id: 'wait', type: 'wait_until', settings: { to: { kind: 'date', at: to(days) } } },
      label('late'),
    ];
    expect(pass(fixed(5)).then(go).until(9).trails).toEqual(['wait:-@1 wait:next@5 late:next@5 completed']);
    // What is over is not waited for.
    expect(pass(fixed(0.5)).then(go).trails).toEqual(['wait:next@1 late:next@1 completed']);
    const nodes: NodeInput[] = [
      { id: 'wait', type: 'wait_until', settings: { to: { kind: 'field', field: 'renewal', shiftDays: -2 } } },
      label('soon'),
      label('none'),
    ];
    const edges = entered(nodes, [
      ['wait', 'next', 'soon'],
      ['wait', 'no_date', 'none'],
    ]);
    const renews = (on: number, days: number | null): Happening => ({
      ...{ on, type: 'identify' },
      fields: { renewal: days === null ? null : to(days) },
    });
    const start = (days: number | null) => pass(nodes, { edges }).then(renews(0.5, days), go);
    expect(start(6).until(9).trails).toEqual(['wait:-@1 wait:next@4 soon:next@4 completed']);
    expect(start(null).trails).toEqual(['wait:no_date@1 none:next@1 completed']);
    // The wait follows the date: later, sooner, over, gone.
    expect(start(6).then(renews(2, 8)).until(9).trails).toEqual(['wait:-@1 wait:next@6 soon:next@6 completed']);
    expect([start(8).then(renews(2, 5)).dueOn, start(8).then(renews(2, 3)).trails]).toEqual([
      3,
      ['wait:-@1 wait:next@2 soon:next@2 completed'],
    ]);
    expect(start(6).then(renews(2, null)).trails).toEqual(['wait:-@1 wait:no_date@2 none:next@2 completed']);
  },
  wait_hours: () => {
    const nodes: NodeInput[] = [{ id: 'wait', type: 'wait_hours', settings: { zone: 'Europe/Berlin' } }, label('open')];
    // The world begins on a Wednesday at midnight UTC.
    const starts = (on: number, timezone?: string) =>
      pass(nodes)
        .then({ on, type: 'go', fields: timezone === undefined ? {} : { timezone } })
        .until(20).trails;
    const hour = 1 / 24;
    expect(starts(1)).toEqual([`wait:-@1 wait:next@${plain(1 + 8 * hour)} open:next@${plain(1 + 8 * hour)} completed`]);
    expect(starts(1 + 10 * hour)[0]).toMatch(/^wait:next@/);
    // Friday evening until Monday morning.
    expect(starts(2 + 20 * hour)[0]).toContain(`wait:next@${plain(5 + 8 * hour)} `);
    expect(starts(1, 'Asia/Tokyo')[0]).toMatch(/^wait:next@1 /);
    expect(starts(1, 'America/New_York')[0]).toContain(`wait:next@${plain(1 + 14 * hour)} `);
    // A zone that nobody knows is as none.
    expect(starts(1, 'Mars/Olympus')).toEqual(starts(1));
  },
  wait_condition: () => {
    const nodes: NodeInput[] = [
      {
        id: 'wait',
        type: 'wait_condition',
        settings: { when: { kind: 'score', model: 'main', atLeast: 40 }, timeout: { amount: 3, unit: 'days' } },
      },
      label('yes'),
      label('no'),
    ];
    const edges = entered(nodes, [
      ['wait', 'met', 'yes'],
      ['wait', 'timed_out', 'no'],
    ]);
    const earned = (on: number) => ({ on, type: 'earned' });
    expect(pass(nodes, { edges }).then(go, earned(2)).until(9).trails).toEqual([
      'wait:-@1 wait:met@2 yes:next@2 completed',
    ]);
    expect(pass(nodes, { edges }).then(go, earned(4)).trails).toEqual([
      'wait:-@1 wait:timed_out@4 no:next@4 completed',
    ]);
    // What holds already is not waited for.
    expect(pass(nodes, { edges }).then(earned(0), go).trails).toEqual(['wait:met@1 yes:next@1 completed']);
  },
  goal: () => {
    const nodes: NodeInput[] = [
      { id: 'wait', type: 'wait_time', settings: { duration: { amount: 5, unit: 'days' } } },
      label('cold'),
      { id: 'goal', type: 'goal', settings: { when: { kind: 'label', label: 'partner' } } },
      label('done'),
    ];
    const edges = entered(nodes, [
      ['wait', 'next', 'cold'],
      ['cold', 'next', 'goal'],
      ['goal', 'reached', 'done'],
    ]);
    const partner = automation('partner', [{ type: 'event', event: 'signed' }], [label('partner')]);
    const play = (modified = nodes, more = edges) => pass(modified, { edges: more, documents: [partner] }).then(go);
    const signed = (on: number) => ({ on, type: 'signed' });
    // Whoever waits before it is pulled forward past what lies between.
    expect(play().then(signed(2)).trails[0]).toBe('wait:-@1 wait:goal@2 goal:reached@2 done:next@2 completed');
    // Whoever comes before it is true waits there, for as long as it takes.
    const late = play().until(300);
    expect([late.trails[0], late.dueOn]).toEqual(['wait:-@1 wait:next@6 cold:next@6 goal:-@6 waiting', null]);
    expect(late.then(signed(301)).trails[0]).toMatch(/goal:-@6 goal:reached@301 done:next@301 completed$/);
    const going = nodes.with(2, {
      id: 'goal',
      type: 'goal',
      settings: { when: { kind: 'label', label: 'partner' }, ifNotYet: 'go_on' },
    });
    const missed = [...(edges ?? []), { from: 'goal', port: 'missed', to: 'done' }];
    expect(play(going, missed).until(9).trails[0]).toBe(
      'wait:-@1 wait:next@6 cold:next@6 goal:missed@6 done:next@6 completed',
    );
  },
};

describe('what each wait does', () => {
  test.each(nodeTypes.filter(({ kind }) => kind === 'wait').map(({ type }) => type))('%s', (type) => {
    expect(cases).toHaveProperty(type);
    cases[type]?.();
  });
});
