import { describe, expect, test } from 'vitest';
import type { DefinitionInput } from '../../model/definitions.ts';
import { automation, model, Play, programOf } from '../generators/play.ts';

type NodeInput = Extract<DefinitionInput, { kind: 'automation' }>['nodes'][number];

const label = (id: string): NodeInput => ({ id, type: 'add_label', settings: { label: id } });
const hold = (on: number) => ({ on, type: 'ripen.hold_runs', properties: { automation: 'flow' } });
const release = (on: number) => ({ on, type: 'ripen.release_runs', properties: { automation: 'flow' } });
const days = (amount: number): NodeInput => ({
  id: 'wait',
  type: 'wait_time',
  settings: { duration: { amount, unit: 'days' } },
});
const event: NodeInput = {
  id: 'wait',
  type: 'wait_event',
  settings: { event: 'came', timeout: { amount: 10, unit: 'days' } },
};
const condition: NodeInput = {
  id: 'wait',
  type: 'wait_condition',
  settings: { when: { kind: 'label', label: 'hot' }, timeout: { amount: 10, unit: 'days' } },
};
const came = (on: number) => ({ on, type: 'came' });

const inside = (waits: NodeInput, port = 'next'): Play =>
  new Play(
    programOf(
      model([]),
      automation('flow', [{ type: 'event', event: 'go' }], [waits, label('done')], {
        edges: [
          { from: 'start', to: 'wait' },
          { from: 'wait', port, to: 'done' },
        ],
      }),
      automation('heat', [{ type: 'event', event: 'heat' }], [label('hot')]),
    ),
  ).then({ on: 1, type: 'go' });

describe('holding those inside', () => {
  test('time takes nobody on who is held; what would be over is over when they are let go', () => {
    const play = inside(days(3)).then(hold(2));
    expect(play.dueOn).toBe(null);
    expect(play.until(20).trails).toEqual(['wait:-@1 wait:-@2 waiting']);
    expect(play.then(release(30)).trails).toEqual(['wait:-@1 wait:-@2 wait:-@30 wait:next@30 done:next@30 completed']);
  });

  test('a deadline that has not come when they are let go stands', () => {
    const play = inside(days(10)).then(hold(2), release(5));
    expect(play.dueOn).toBe(11);
    expect(play.until(20).trails).toEqual(['wait:-@1 wait:-@2 wait:-@5 wait:next@11 done:next@11 completed']);
  });

  test('an event of the time in which they were held was not waited for', () => {
    const held = inside(event, 'happened').then(hold(2), came(3));
    expect(held.outcome.subject.runs).toHaveLength(1);
    expect(held.then(release(4), came(5)).trails).toEqual([
      'wait:-@1 wait:-@2 wait:-@4 wait:happened@5 done:next@5 completed',
    ]);
  });

  test('a timeout that passed meanwhile is taken, whatever came', () => {
    expect(inside(event, 'timed_out').then(hold(2), came(3), release(40)).trails).toEqual([
      'wait:-@1 wait:-@2 wait:-@40 wait:timed_out@40 done:next@40 completed',
    ]);
  });

  test('what holds when they are let go ends a wait for it', () => {
    expect(inside(condition, 'met').then(hold(2), { on: 3, type: 'heat' }, release(4)).trails[0]).toBe(
      'wait:-@1 wait:-@2 wait:-@4 wait:met@4 done:next@4 completed',
    );
  });

  test('an answer that comes while they are held is kept for them', () => {
    const play = inside({ id: 'wait', type: 'route', settings: { queue: 'sales' } }, 'routed');
    const [waiting] = play.outcome.subject.runs;
    const ask = waiting?.waiting.for === 'answer' ? waiting.waiting.ask : '';
    play.then(hold(2), { on: 3, type: 'ripen.answer', properties: { ask, port: 'routed' } });
    expect(play.outcome.subject.runs).toHaveLength(1);
    expect(play.outcome.subject.openLead).toBe(ask);
    expect(play.then(release(4)).trails).toEqual(['wait:-@1 wait:-@2 wait:-@4 wait:routed@4 done:next@4 completed']);
  });

  test('sales keeps a contact whose held run is cancelled after the answer', () => {
    const play = inside({ id: 'wait', type: 'route', settings: { queue: 'sales' } }, 'routed');
    const [waiting] = play.outcome.subject.runs;
    const ask = waiting?.waiting.for === 'answer' ? waiting.waiting.ask : '';
    play.then(hold(2), { on: 3, type: 'ripen.answer', properties: { ask, port: 'routed' } });
    play.then({ on: 4, type: 'ripen.cancel_run', properties: { run: waiting?.id ?? '' } });
    expect([play.outcome.subject.runs, play.outcome.subject.openLead]).toEqual([[], ask]);
  });

  test('who entered afterwards is not held; who is held twice is held since the first time', () => {
    const play = inside(days(3)).then(hold(2), { on: 3, type: 'go' }, { ...hold(3), type: 'ripen.release_runs' });
    play.then(hold(3.5), hold(3.6));
    expect(play.outcome.subject.runs.map(({ held }) => held?.since)).toEqual([
      play.event(hold(3.5)).arrivedAt,
      play.event(hold(3.5)).arrivedAt,
    ]);
    expect(play.outcome.notes).toEqual(['nothing waits in flow that could be held']);
  });
});
