import { describe, expect, test } from 'vitest';
import { startNodeId } from '../../automation/graph.ts';
import type { Condition } from '../../model/condition.ts';
import type { DefinitionInput } from '../../model/definitions.ts';
import { automation, day, model, Play, programOf, rule, type Happening } from '../generators/play.ts';

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

describe('waits for what is', () => {
  const flow = (nodes: NodeInput[], edges: [string, string, string][]) =>
    automation('flow', [{ type: 'event', event: 'go' }], nodes, {
      edges: [{ from: startNodeId, to: nodes[0]?.id ?? '' }, ...edges.map(([from, port, to]) => ({ from, port, to }))],
    });
  const until = (when: Condition, days = 30): NodeInput => ({
    id: 'wait',
    type: 'wait_condition',
    settings: { when, timeout: { amount: days, unit: 'days' } },
  });
  const ends: [string, string, string][] = [
    ['wait', 'met', 'yes'],
    ['wait', 'timed_out', 'no'],
  ];
  const nodes = (when: Condition, days?: number) => [until(when, days), label('yes'), label('no')];
  const go = { on: 1, type: 'go' };

  test.each<{ what: string; when: Condition; met: number; more?: Parameters<typeof model>[1] }>([
    {
      what: 'an event that leaves its window',
      when: { kind: 'performed', event: 'bought', withinDays: 10, atMost: 0 },
      met: 10.5,
    },
    {
      what: 'a date that comes near',
      when: { kind: 'field', field: 'renewal', is: { op: 'in_next_days', days: 2 } },
      met: 12,
    },
    {
      what: 'a score that fades',
      when: { kind: 'score', model: 'main', below: 2.5 },
      more: { halfLifeDays: 5 },
      met: 5.500001,
    },
    { what: 'points that expire', when: { kind: 'score', model: 'main', below: 5 }, more: { windowDays: 7 }, met: 7.5 },
  ])('are over in the very moment: $what', ({ when, met, more }) => {
    const program = programOf(model([rule('bought', 'bought', 5)], more), flow(nodes(when), ends));
    const play = new Play(program).then(bought(0.5, { fields: { renewal: new Date(day(14)).toISOString() } }), go);
    // Looked at much later, the moment is the same.
    play.driver.tick(day(25));
    expect(play.trails).toEqual([`wait:-@1 wait:met@${String(met)} yes:next@${String(met)} completed`]);
  });

  test('a deadline comes before what becomes true at it', () => {
    const renewal = { renewal: new Date(day(7)).toISOString() };
    const program = programOf(
      model([]),
      flow(nodes({ kind: 'field', field: 'renewal', is: { op: 'in_next_days', days: 2 } }, 4), ends),
    );
    const play = new Play(program).then({ ...go, fields: renewal }).until(9);
    expect(play.trails).toEqual(['wait:-@1 wait:timed_out@5 no:next@5 completed']);
  });

  test('what one run does at a moment can end the wait of another, and that of a third', () => {
    const chain = (id: string, waits: string, gives: string) =>
      automation(id, [{ type: 'event', event: 'go' }], [until({ kind: 'label', label: waits }), label(gives)], {
        edges: [
          { from: startNodeId, to: 'wait' },
          { from: 'wait', port: 'met', to: gives },
        ],
      });
    const play = new Play(
      programOf(
        model([]),
        chain('a', 'second', 'third'),
        chain('b', 'first', 'second'),
        automation('c', [{ type: 'event', event: 'bought' }], [label('first')]),
      ),
    ).then(go, bought(2));
    expect(play.driver.subject.labels).toEqual(['first', 'second', 'third']);
    expect(play.driver.subject.runs).toEqual([]);
  });

  test('the condition sees the event that started the run, not the one at hand', () => {
    const when: Condition = {
      kind: 'all',
      of: [
        { kind: 'property', property: 'plan', is: { op: 'equals', value: 'gold' } },
        { kind: 'label', label: 'late' },
      ],
    };
    const program = programOf(
      model([]),
      flow(nodes(when), ends),
      automation('late', [{ type: 'event', event: 'bought' }], [label('late')]),
    );
    const start = (plan: string) => new Play(program).then({ ...go, properties: { plan } });
    expect(start('gold').then(bought(2, { properties: { plan: 'none' } })).trails[0]).toMatch(/met@2/);
    expect(start('none').then(bought(2, { properties: { plan: 'gold' } })).trails[0]).toBe('wait:-@1 waiting');
  });

  const goal = (id: string, when: Condition): NodeInput => ({ id, type: 'goal', settings: { when } });
  const long = (id: string): NodeInput => ({
    id,
    type: 'wait_time',
    settings: { duration: { amount: 5, unit: 'days' } },
  });
  const isSigned: Condition = { kind: 'performed', event: 'signed' };

  test('a goal that holds already pulls whoever begins to wait before it', () => {
    const path = [long('wait'), goal('goal', isSigned), label('done')];
    const program = programOf(
      model([]),
      flow(path, [
        ['wait', 'next', 'goal'],
        ['goal', 'reached', 'done'],
      ]),
    );
    expect(new Play(program).then({ on: 0, type: 'signed' }, go).trails).toEqual([
      'wait:-@1 wait:goal@1 goal:reached@1 done:next@1 completed',
    ]);
  });

  test('a goal pulls nobody back, nobody twice, and nobody from a way that does not lead to it', () => {
    const circle = [
      goal('goal', isSigned),
      long('after'),
      { id: 'back', type: 'go_to' as const, settings: { node: 'goal' } },
    ];
    const program = programOf(
      model([]),
      flow(circle, [
        ['goal', 'reached', 'after'],
        ['after', 'next', 'back'],
      ]),
    );
    expect(new Play(program).then({ on: 0, type: 'signed' }, go).until(7).trails).toEqual([
      'goal:reached@1 after:-@1 after:next@6 back:-@6 goal:reached@6 after:-@6 waiting',
    ]);
    const fork = programOf(
      model([]),
      flow(
        [
          { id: 'ask', type: 'condition', settings: { branches: [{ id: 'left', name: 'Left', when: isSigned }] } },
          goal('goal', isSigned),
          long('aside'),
          label('done'),
        ],
        [
          ['ask', 'left', 'goal'],
          ['ask', 'else', 'aside'],
          ['goal', 'reached', 'done'],
        ],
      ),
    );
    expect(new Play(fork).then(go, { on: 2, type: 'signed' }).trails).toEqual(['ask:else@1 aside:-@1 waiting']);
  });

  test('of several goals the nearest pulls first, and the next from there', () => {
    const path = [long('wait'), goal('near', isSigned), long('between'), goal('far', isSigned), label('done')];
    const program = programOf(
      model([]),
      flow(path, [
        ['wait', 'next', 'near'],
        ['near', 'reached', 'between'],
        ['between', 'next', 'far'],
        ['far', 'reached', 'done'],
      ]),
    );
    expect(new Play(program).then(go, { on: 2, type: 'signed' }).trails).toEqual([
      'wait:-@1 wait:goal@2 near:reached@2 between:-@2 between:goal@2 far:reached@2 done:next@2 completed',
    ]);
  });

  test('a run that waits for an answer is not pulled away from it', () => {
    const program = programOf(
      model([]),
      { kind: 'queue', id: 'sales', name: 'Sales', reps: [] },
      flow(
        [{ id: 'route', type: 'route', settings: { queue: 'sales' } }, goal('goal', isSigned)],
        [['route', 'routed', 'goal']],
      ),
    );
    expect(new Play(program).then(go, { on: 2, type: 'signed' }).trails).toEqual(['route:-@1 waiting']);
  });
});
