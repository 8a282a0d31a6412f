import { describe, expect, test } from 'vitest';
import { startNodeId } from '../automation/graph.ts';
import { automation, model, Play, programOf, rule } from './generators/play.ts';
import { needs } from './needs.ts';

/** `Play` gives each batch no more than `needs` names, so what is missing here changes what happens. */
describe('what a batch needs of the past', () => {
  test('nothing, where nothing asks', () => {
    const program = programOf(model([rule('open', 'opened', 1)]));
    const play = new Play(program).then({ on: 1, type: 'opened' });
    expect(needs(program, play.driver.subject, [play.event({ on: 2, type: 'opened' })])).toEqual({
      events: [],
      counted: [],
      ledger: false,
      expiringUntil: null,
      stepsAfter: null,
    });
  });

  test('the entries that expire up to the last moment of the batch', () => {
    const program = programOf(model([rule('open', 'opened', 1)], { windowDays: 10 }));
    const play = new Play(program).then({ on: 1, type: 'opened' });
    const batch = [play.event({ on: 2, type: 'opened' }), play.event({ on: 9, type: 'opened' })];
    expect(needs(program, play.driver.subject, batch).expiringUntil).toBe(batch[1]?.arrivedAt);
  });

  test('decay steps since a late event happened', () => {
    const program = programOf(model([rule('open', 'opened', 1)]));
    const play = new Play(program).then({ on: 9, type: 'opened' });
    const late = play.event({ on: 10, type: 'opened', occurred: 3 });
    expect(needs(program, play.driver.subject, [late]).stepsAfter).toBe(late.occurredAt);
  });

  test('what a wait counts when a late event ends it', () => {
    const flow = automation(
      'flow',
      [{ type: 'event', event: 'go' }],
      [
        { id: 'wait', type: 'wait_event', settings: { event: 'bought', timeout: { amount: 60, unit: 'days' } } },
        {
          id: 'add',
          type: 'add_points',
          settings: { model: 'main', points: 1, counts: { kind: 'at_most', times: 1, perDays: 5 } },
        },
      ],
      {
        edges: [
          { from: startNodeId, to: 'wait' },
          { from: 'wait', port: 'happened', to: 'add' },
        ],
      },
    );
    const play = new Play(programOf(model([]), flow));
    play.then({ on: 1, type: 'go' }, { on: 3, type: 'bought' }, { on: 3.5, type: 'go' }, { on: 30, type: 'seen' });
    // It happened on day 4, a day after the first purchase counted, and arrives on day 31.
    play.then({ on: 31, type: 'bought', occurred: 4 });
    expect(play.ledger).toEqual(['points +1 @3 node:flow/add']);
    expect(play.trails[1]).toBe('wait:-@3.5 wait:happened@31 add:next@31 completed');
  });

  test('what an automation counts that another one starts, for each event of the batch', () => {
    const first = automation(
      'first',
      [{ type: 'event', event: 'go' }],
      [{ id: 'begin', type: 'start_automation', settings: { automation: 'second' } }],
    );
    const second = automation('second', [{ type: 'manual' }], [{ id: 'end', type: 'end', settings: {} }], {
      reentry: { kind: 'once_per', property: 'asset' },
    });
    const play = new Play(programOf(model([]), first, second)).then({ on: 1, type: 'go', properties: { asset: 'b' } });
    play.driver.apply([
      play.event({ on: 2, type: 'go', properties: { asset: 'a' } }),
      play.event({ on: 2, type: 'go', properties: { asset: 'b' } }),
    ]);
    expect([...play.outcome.runs.values()].filter((run) => run.automation === 'second')).toHaveLength(2);
  });

  test('enough events for a count, and all of them where each is looked at', () => {
    const ask = (where: boolean) =>
      programOf(
        model([]),
        automation(
          'flow',
          [{ type: 'event', event: 'go' }],
          [
            {
              id: 'ask',
              type: 'condition',
              settings: {
                branches: [
                  {
                    id: 'yes',
                    name: 'Yes',
                    when: {
                      kind: 'performed',
                      event: 'opened',
                      atLeast: 3,
                      ...(where ? { where: { kind: 'property', property: 'x', is: { op: 'is_set' } } } : {}),
                    },
                  },
                ],
              },
            },
          ],
        ),
      );
    const asked = (where: boolean) => {
      const play = new Play(ask(where)).then({ on: 1, type: 'opened' });
      return needs(ask(where), play.driver.subject, [play.event({ on: 2, type: 'go' })]).events;
    };
    expect(asked(false)).toEqual([{ type: 'opened', after: null, latest: 3 }]);
    expect(asked(true)).toEqual([{ type: 'opened', after: null, latest: null }]);
  });
});
