import { describe, expect, test } from 'vitest';
import { startNodeId } from '../automation/graph.ts';
import type { Condition } from '../model/condition.ts';
import type { DefinitionInput } from '../model/definitions.ts';
import { automation, model, Play, programOf, rule, type Happening } from './generators/play.ts';

type NodeInput = Extract<DefinitionInput, { kind: 'automation' }>['nodes'][number];

const label = (id: string): NodeInput => ({ id, type: 'add_label', settings: { label: id } });
const waiting = (where?: Condition, start = 'go') =>
  programOf(
    model([rule('bought', 'bought', 5)]),
    automation(
      'flow',
      [{ type: 'event', event: start }],
      [
        { id: 'wait', type: 'wait_event', settings: { event: 'bought', where, timeout: { amount: 3, unit: 'days' } } },
        label('yes'),
        label('no'),
      ],
      {
        edges: [
          { from: startNodeId, to: 'wait' },
          { from: 'wait', port: 'happened', to: 'yes' },
          { from: 'wait', port: 'timed_out', to: 'no' },
        ],
      },
    ),
  );

const bought = (on: number, more: Partial<Happening> = {}): Happening => ({ on, type: 'bought', ...more });
const millisecond = 1 / 86_400_000;

const cases: { what: string; happenings: Happening[]; ends: string }[] = [
  { what: 'at the moment it began', happenings: [bought(1)], ends: 'wait:happened@1 yes:next@1 completed' },
  {
    what: 'in its last millisecond',
    happenings: [bought(4 - millisecond)],
    ends: 'wait:happened@4 yes:next@4 completed',
  },
  { what: 'at its deadline', happenings: [bought(4)], ends: 'wait:timed_out@4 no:next@4 completed' },
  {
    what: 'before it began, though it arrives within',
    happenings: [bought(2, { occurred: 0.5 })],
    ends: 'wait:timed_out@4 no:next@4 completed',
  },
  {
    what: 'within, though it arrives late, but before the deadline',
    happenings: [bought(3, { occurred: 2 })],
    ends: 'wait:happened@3 yes:next@3 completed',
  },
  {
    what: 'within, but arrives when the timeout was taken',
    happenings: [bought(5, { occurred: 2 })],
    ends: 'wait:timed_out@4 no:next@4 completed',
  },
  { what: 'twice', happenings: [bought(2), bought(3)], ends: 'wait:happened@2 yes:next@2 completed' },
];

describe('waits', () => {
  test.each(cases)('an event that happens $what', ({ happenings, ends }) => {
    const play = new Play(waiting()).then({ on: 1, type: 'go' }, ...happenings).until(10);
    expect(play.trails).toEqual([`wait:-@1 ${ends}`]);
  });

  test('the event that started a wait never ends it', () => {
    const play = new Play(waiting(undefined, 'bought')).then(bought(1));
    expect(play.trails).toEqual(['wait:-@1 waiting']);
  });

  test('one event ends one of two waits in a row', () => {
    const wait = (id: string): NodeInput => ({
      id,
      type: 'wait_event',
      settings: { event: 'bought', timeout: { amount: 9, unit: 'days' } },
    });
    const edges = [
      { from: startNodeId, to: 'a' },
      { from: 'a', port: 'happened', to: 'b' },
    ];
    const play = new Play(
      programOf(model([]), automation('flow', [{ type: 'event', event: 'go' }], [wait('a'), wait('b')], { edges })),
    );
    expect(play.then({ on: 1, type: 'go' }, bought(2)).trails).toEqual(['a:-@1 a:happened@2 b:-@2 waiting']);
  });

  test('only an event that fits ends it', () => {
    const play = new Play(waiting({ kind: 'property', property: 'amount', is: { op: 'greater', value: 100 } })).then(
      { on: 1, type: 'go' },
      bought(2, { properties: { amount: 100 } }),
      bought(2.5, { properties: { amount: 101 } }),
    );
    expect(play.trails).toEqual(['wait:-@1 wait:happened@2.5 yes:next@2.5 completed']);
  });

  test('an event ends a wait before it starts automations, and both after its points and stage', () => {
    const other = automation(
      'also',
      [{ type: 'event', event: 'bought' }],
      [
        {
          id: 'ask',
          type: 'condition',
          settings: {
            branches: [
              {
                id: 'both',
                name: 'both',
                when: {
                  kind: 'all',
                  of: [
                    { kind: 'label', label: 'yes' },
                    { kind: 'score', model: 'main', atLeast: 5 },
                  ],
                },
              },
            ],
          },
        },
      ],
    );
    const flow = automation(
      'flow',
      [{ type: 'event', event: 'go' }],
      [
        { id: 'wait', type: 'wait_event', settings: { event: 'bought', timeout: { amount: 3, unit: 'days' } } },
        label('yes'),
      ],
      {
        edges: [
          { from: startNodeId, to: 'wait' },
          { from: 'wait', port: 'happened', to: 'yes' },
        ],
      },
    );
    const play = new Play(programOf(model([rule('bought', 'bought', 5)]), flow, other)).then(
      { on: 1, type: 'go' },
      bought(2),
    );
    expect(play.trails[1]).toBe('ask:both@2 completed');
  });

  test('waits that end at one moment go on in the order of their deadlines, then of their beginnings', () => {
    const flow = (id: string, days: number) =>
      automation(
        id,
        [{ type: 'event', event: `go_${id}` }],
        [{ id: 'wait', type: 'wait_time', settings: { duration: { amount: days, unit: 'days' } } }, label(id)],
      );
    const play = new Play(programOf(model([]), flow('a', 2), flow('b', 1)));
    play.then({ on: 1, type: 'go_a' }, { on: 2, type: 'go_b' }).until(3);
    expect(play.driver.subject.labels).toEqual(['a', 'b']);
  });

  test('a run can be cancelled while it waits', () => {
    const play = new Play(waiting()).then({ on: 1, type: 'go' });
    const [run] = play.outcome.runs.keys();
    play.then({ on: 2, type: 'ripen.cancel_run', properties: { run: run ?? '' } }, bought(2)).until(9);
    expect(play.trails).toEqual(['wait:-@1 wait:-@2 cancelled']);
    expect(play.driver.subject.runs).toEqual([]);
  });

  test('a wait goes on in the version in which it began', () => {
    const version = (labelled: string) =>
      automation(
        'flow',
        [{ type: 'event', event: 'go' }],
        [{ id: 'wait', type: 'wait_time', settings: { duration: { amount: 2, unit: 'days' } } }, label(labelled)],
      );
    const first = programOf(model([]), version('old'));
    const play = new Play(first).then({ on: 1, type: 'go' });
    const both = programOf(model([]), version('new'));
    // As definitions are kept: the old version stays known, and only the new one enrols.
    const old = first.automations.get('flow')?.get(1);
    if (!old) throw new Error('no first version');
    const next = both.automations.get('flow')?.get(1);
    if (!next) throw new Error('no second version');
    play.publish({
      ...both,
      automations: new Map([
        [
          'flow',
          new Map([
            [1, { ...old, live: false }],
            [2, { ...next, version: 2 }],
          ]),
        ],
      ]),
      live: new Map([['flow', { ...next, version: 2 }]]),
    });
    expect(play.until(5).driver.subject.labels).toEqual(['old']);
  });
});
