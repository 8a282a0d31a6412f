import { describe, expect, test } from 'vitest';
import { startNodeId } from '../automation/graph.ts';
import type { Condition } from '../model/condition.ts';
import type { DefinitionInput } from '../model/definitions.ts';
import { automation, model, Play, programOf, rule } from './generators/play.ts';
import { needs } from './needs.ts';
import type { Program } from './program.ts';
import type { EventInput } from './result.ts';

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

  describe('for a watched segment', () => {
    const visits: Condition = { kind: 'performed', event: 'visited', withinDays: 30, atLeast: 2 };
    const american: Condition = { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } };
    const watching = (when: Condition, ...more: DefinitionInput[]) =>
      programOf(
        model([]),
        { kind: 'segment', id: 'keen', name: 'Keen', when },
        automation('in', [{ type: 'segment_entered', segment: 'keen' }], [{ id: 'end', type: 'end', settings: {} }]),
        ...more,
      );
    const moving = automation(
      'move',
      [{ type: 'event', event: 'moved' }],
      [{ id: 'set', type: 'set_field', settings: { field: 'country', to: { kind: 'value', value: 'US' } } }],
    );
    const both: Condition = { kind: 'all', of: [visits, american] };
    const asked = (program: Program, country: string, next: Partial<EventInput> = {}): string[] => {
      const play = new Play(program).then({ on: 1, type: 'identify', fields: { country } });
      const input = { ...play.event({ on: 2, type: 'seen' }), ...next };
      return needs(program, play.driver.subject, [input]).events.map(({ type }) => type);
    };

    test('the events that it counts, unless a field decides it', () => {
      expect(asked(watching(both), 'US')).toEqual(['visited']);
      expect(asked(watching(both), 'DE')).toEqual([]);
      expect(asked(watching({ kind: 'not', of: both }), 'DE')).toEqual([]);
      expect(asked(watching({ kind: 'any', of: [visits, american] }), 'DE')).toEqual(['visited']);
      expect(asked(watching({ kind: 'all', of: [visits, { kind: 'not', of: american }] }), 'US')).toEqual(['visited']);
      expect(asked(watching({ kind: 'all', of: [american, { kind: 'any', of: [visits] }] }), 'DE')).toEqual([]);
    });

    test('and where the batch or an automation may write that field', () => {
      expect(asked(watching(both), 'DE', { fields: { city: 'Lyon' } })).toEqual([]);
      expect(asked(watching(both), 'DE', { fields: { country: 'US' } })).toEqual(['visited']);
      expect(asked(watching(both), 'DE', { type: 'ripen.field_set' })).toEqual(['visited']);
      expect(asked(watching(both, moving), 'DE')).toEqual(['visited']);
    });

    test('so that who moves there is in it at once', () => {
      const play = new Play(watching(both, moving)).then({ on: 1, type: 'identify', fields: { country: 'DE' } });
      play.then({ on: 2, type: 'visited' }).then({ on: 3, type: 'visited' }).then({ on: 4, type: 'moved' });
      expect(play.trails).toContain('end:-@4 completed');
    });
  });

  test('no past of a window that begins after the clock of the contact', () => {
    const program = programOf(model([rule('click', 'clicked', 1)]), {
      ...{ kind: 'event_type', id: 'clicked', name: 'Clicked' },
      scanners: { sent: { withinSeconds: 5 } },
    });
    const play = new Play(program).then({ on: 1, type: 'sent' });
    const { clock } = play.driver.subject;
    const asked = (afterMs: number) => {
      const at = clock + afterMs;
      const click: EventInput = { ...play.event({ on: 2, type: 'clicked' }), occurredAt: at, arrivedAt: at };
      return needs(program, play.driver.subject, [click]).events;
    };
    expect(asked(4_999)).toHaveLength(1);
    expect(asked(5_000)).toEqual([]);
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
