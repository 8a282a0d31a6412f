import { describe, expect, test } from 'vitest';
import { triggerSchema, type Trigger } from '../../automation/graph.ts';
import type { DefinitionInput } from '../../model/definitions.ts';
import { automation, day, model, Play, programOf, rule, type Happening } from '../generators/play.ts';

type AutomationInput = Extract<DefinitionInput, { kind: 'automation' }>;
type NodeInput = AutomationInput['nodes'][number];

const label = (id: string): NodeInput => ({ id, type: 'add_label', settings: { label: id } });
const unlabel = (id: string): NodeInput => ({ id: `no_${id}`, type: 'remove_label', settings: { label: id } });
const wait = (days: number): NodeInput => ({
  id: 'wait',
  type: 'wait_time',
  settings: { duration: { amount: days, unit: 'days' } },
});
const stages: DefinitionInput = {
  kind: 'lifecycle',
  model: 'main',
  stages: [
    { id: 'lead', name: 'Lead', threshold: 10 },
    { id: 'mql', name: 'MQL', threshold: 30 },
  ],
};
const rules = [rule('up', 'up', 10), rule('down', 'down', -10)];
const dated = (days: number): string => new Date(day(days)).toISOString();
const at = (...days: number[]): string[] => days.map((day) => `end:-@${String(day)} completed`);
const end: NodeInput = { id: 'end', type: 'end', settings: {} };

/** Days on which a trigger starts its automation. */
const triggers: Record<
  Trigger['type'],
  { trigger: Trigger; happenings: Happening[]; until?: number; starts: number[] }[]
> = {
  event: [
    {
      trigger: { type: 'event', event: 'go' },
      happenings: [
        { on: 1, type: 'go' },
        { on: 2, type: 'come' },
        { on: 3, type: 'go' },
      ],
      starts: [1, 3],
    },
    {
      trigger: {
        type: 'event',
        event: 'go',
        where: { kind: 'property', property: 'page', is: { op: 'equals', value: 'pricing' } },
      },
      happenings: [
        { on: 1, type: 'go' },
        { on: 2, type: 'go', properties: { page: 'Pricing' } },
      ],
      starts: [2],
    },
  ],
  field_changed: [
    {
      trigger: { type: 'field_changed', field: 'country' },
      happenings: [
        { on: 1, type: 'identify', fields: { country: 'US' } },
        { on: 2, type: 'identify', fields: { country: 'US' } },
        { on: 3, type: 'identify', fields: { city: 'Oslo' } },
        { on: 4, type: 'identify', fields: { country: null } },
        { on: 5, type: 'identify', fields: { country: 'DE' }, occurred: 3 },
      ],
      starts: [1, 4],
    },
  ],
  score_crosses: [
    {
      trigger: { type: 'score_crosses', model: 'main', value: 20, direction: 'up' },
      happenings: [1, 2, 3].map((on) => ({ on, type: 'up' })),
      starts: [2],
    },
    {
      trigger: { type: 'score_crosses', model: 'main', value: 20, direction: 'down' },
      happenings: [
        { on: 1, type: 'up' },
        { on: 2, type: 'up' },
        { on: 3, type: 'up' },
        { on: 4, type: 'down' },
        { on: 5, type: 'down' },
        { on: 6, type: 'down' },
      ],
      starts: [5],
    },
  ],
  stage_entered: [
    {
      trigger: { type: 'stage_entered', stage: 'lead' },
      happenings: [
        { on: 1, type: 'up' },
        { on: 2, type: 'down' },
        { on: 3, type: 'up' },
        { on: 4, type: 'up' },
      ],
      starts: [1, 3],
    },
  ],
  stage_left: [
    {
      trigger: { type: 'stage_left', stage: 'lead' },
      happenings: [
        { on: 1, type: 'up' },
        { on: 2, type: 'up' },
        { on: 3, type: 'up' },
        { on: 4, type: 'down' },
        { on: 5, type: 'down' },
        { on: 6, type: 'down' },
      ],
      starts: [3, 6],
    },
  ],
  label_added: [
    {
      trigger: { type: 'label_added', label: 'hot' },
      happenings: [
        { on: 1, type: 'heat' },
        { on: 2, type: 'heat' },
        { on: 3, type: 'cool' },
        { on: 4, type: 'heat' },
      ],
      starts: [1, 4],
    },
  ],
  label_removed: [
    {
      trigger: { type: 'label_removed', label: 'hot' },
      happenings: [
        { on: 1, type: 'cool' },
        { on: 2, type: 'heat' },
        { on: 3, type: 'cool' },
      ],
      starts: [3],
    },
  ],
  date: [
    {
      // A week before; moved while it is ahead; what is over when it becomes known starts nothing.
      trigger: { type: 'date', field: 'renewal', shiftDays: -7, yearly: false },
      happenings: [
        { on: 1, type: 'identify', fields: { renewal: dated(20) } },
        { on: 5, type: 'identify', fields: { renewal: dated(30) } },
        { on: 25, type: 'identify', fields: { renewal: dated(31) } },
      ],
      until: 400,
      starts: [23],
    },
    {
      trigger: { type: 'date', field: 'born', shiftDays: 1, yearly: true },
      // The world begins on 1 January 2025; in years without a 29 February it is the 28th.
      happenings: [{ on: 1, type: 'identify', fields: { born: '2000-02-29' } }],
      until: 1_300,
      starts: [59, 424, 789, 1_155],
    },
    {
      trigger: { type: 'date', field: 'renewal', shiftDays: 0, yearly: false },
      happenings: [{ on: 1, type: 'identify', fields: { renewal: 'soon' } }],
      until: 100,
      starts: [],
    },
  ],
  inactive: [
    {
      trigger: { type: 'inactive', days: 5 },
      happenings: [
        { on: 1, type: 'up' },
        { on: 3, type: 'email_sent' },
        { on: 5, type: 'up' },
        { on: 20, type: 'up' },
      ],
      until: 40,
      starts: [10, 25],
    },
  ],
  segment_entered: [
    {
      trigger: { type: 'segment_entered', segment: 'hot-leads' },
      happenings: [
        { on: 1, type: 'heat' },
        { on: 2, type: 'up' },
        { on: 3, type: 'cool' },
        { on: 4, type: 'heat' },
      ],
      starts: [2, 4],
    },
  ],
  segment_left: [
    {
      trigger: { type: 'segment_left', segment: 'hot-leads' },
      happenings: [
        { on: 1, type: 'up' },
        { on: 2, type: 'heat' },
        { on: 3, type: 'down' },
      ],
      starts: [3],
    },
  ],
  schedule: [
    {
      trigger: { type: 'schedule', when: { every: 'day', at: '09:00', zone: 'UTC' } },
      happenings: [
        { on: 1, type: 'up' },
        // The clock runs outside: what arrives says for which automation.
        { on: 2, type: 'ripen.scheduled', properties: { automation: 'flow', round: 'a', byHand: false } },
        { on: 3, type: 'ripen.scheduled', properties: { automation: 'another', round: 'b', byHand: false } },
        { on: 4, type: 'ripen.enrol', properties: { automation: 'flow' } },
        { on: 5, type: 'ripen.scheduled', properties: { automation: 'flow', round: 'c', byHand: true } },
      ],
      starts: [2, 5],
    },
  ],
  manual: [
    {
      trigger: { type: 'manual' },
      happenings: [
        { on: 1, type: 'up' },
        { on: 2, type: 'ripen.enrol', properties: { automation: 'flow' } },
      ],
      starts: [2],
    },
  ],
  lead: [
    {
      trigger: { type: 'lead', outcome: 'rejected' },
      happenings: [
        { on: 1, type: 'ripen.lead_accepted' },
        { on: 2, type: 'ripen.lead_rejected' },
      ],
      starts: [2],
    },
    {
      trigger: { type: 'lead', outcome: 'won' },
      happenings: [
        { on: 1, type: 'ripen.lead_won' },
        { on: 2, type: 'ripen.lead_lost' },
      ],
      starts: [1],
    },
  ],
};

const warmth = [
  automation('heat', [{ type: 'event', event: 'heat' }], [label('hot')]),
  automation('cool', [{ type: 'event', event: 'cool' }], [unlabel('hot')]),
];
const hotLeads: DefinitionInput = {
  kind: 'segment',
  id: 'hot-leads',
  name: 'Hot leads',
  when: {
    kind: 'all',
    of: [
      { kind: 'label', label: 'hot' },
      { kind: 'score', model: 'main', atLeast: 10 },
    ],
  },
};
const flows = (play: Play): string[] =>
  [...play.outcome.runs.values()].flatMap((run, index) =>
    run.automation === 'flow' ? [play.trails[index] ?? ''] : [],
  );

describe('triggers', () => {
  const known = triggerSchema.options.map((option) => option.shape.type.value);
  test.each(known.flatMap((type) => triggers[type].map((one, index) => ({ type, index, ...one }))))(
    '$type ($index)',
    ({ trigger, happenings, until, starts }) => {
      const flow = automation('flow', [trigger], [end]);
      const play = new Play(programOf(model(rules), stages, hotLeads, ...warmth, flow)).then(...happenings);
      if (until !== undefined) play.until(until);
      expect(flows(play)).toEqual(at(...starts));
    },
  );

  test('every trigger has a case', () => {
    expect(Object.keys(triggers).sort()).toEqual([...known].sort());
    expect(Object.values(triggers).every((list) => list.length > 0)).toBe(true);
  });

  test('a score that fades triggers in the millisecond in which it crosses', () => {
    const flow = automation('flow', [{ type: 'score_crosses', model: 'main', value: 5, direction: 'down' }], [end]);
    const play = new Play(programOf(model(rules, { halfLifeDays: 10 }), flow)).then({ on: 1, type: 'up' });
    const due = play.dueOn ?? 0;
    // 5 exactly after ten days is not below 5; 4.9999995 is.
    expect(due).toBeGreaterThan(11);
    expect(due).toBeLessThan(11.00001);
    expect(flows(play.until(12))).toHaveLength(1);
  });

  test('several triggers that one event meets start one run', () => {
    const flow = automation(
      'flow',
      [
        { type: 'event', event: 'go' },
        { type: 'event', event: 'go', where: { kind: 'property', property: 'x', is: { op: 'is_set' } } },
      ],
      [end],
    );
    const play = new Play(programOf(model(rules), flow)).then({ on: 1, type: 'go', properties: { x: 1 } });
    expect(flows(play)).toEqual(at(1));
  });

  test('automations start in the order of their ids', () => {
    const flow = (id: string) => automation(id, [{ type: 'event', event: 'go' }], [label(id)]);
    const play = new Play(programOf(model([]), flow('c'), flow('a'), flow('b'))).then({ on: 1, type: 'go' });
    expect(play.driver.subject.labels).toEqual(['a', 'b', 'c']);
  });

  test('a passive event is an event, if no activity', () => {
    const play = new Play(
      programOf(model([]), automation('flow', [{ type: 'event', event: 'email_sent' }], [end])),
    ).then({ on: 1, type: 'email_sent' });
    expect(flows(play)).toEqual(at(1));
    expect(play.driver.subject.lastActivityAt).toBeNull();
  });
});

const go = (on: number, asset?: string): Happening => ({
  on,
  type: 'go',
  properties: asset === undefined ? {} : { asset },
});

describe('re-entry', () => {
  const cases: { reentry: AutomationInput['reentry']; happenings: Happening[]; starts: number[] }[] = [
    { reentry: { kind: 'once' }, happenings: [go(1), go(2)], starts: [1] },
    { reentry: { kind: 'every_time' }, happenings: [go(1), go(1), go(2)], starts: [1, 1, 2] },
    {
      reentry: { kind: 'once_per', property: 'asset' },
      happenings: [go(1, 'a'), go(2, 'b'), go(3, 'a'), go(4)],
      starts: [1, 2],
    },
    {
      reentry: { kind: 'at_most', times: 1, perDays: 2 },
      happenings: [go(1), go(2), go(3), go(4), go(5)],
      starts: [1, 3, 5],
    },
  ];
  test.each(cases)('$reentry.kind', ({ reentry, happenings, starts }) => {
    const play = new Play(
      programOf(model([]), automation('flow', [{ type: 'event', event: 'go' }], [end], { reentry })),
    ).then(...happenings);
    expect(flows(play)).toEqual(at(...starts));
  });

  test('a reset of a score does not free it', () => {
    const zero: NodeInput = { id: 'zero', type: 'reset_score', settings: { model: 'main' } };
    const play = new Play(
      programOf(
        model(rules),
        automation('flow', [{ type: 'event', event: 'go' }], [zero], { reentry: { kind: 'once' } }),
      ),
    );
    expect(play.then({ on: 0, type: 'up' }, go(1), go(2)).trails).toEqual(['zero:next@1 completed']);
  });
});

describe('while a contact is inside', () => {
  const inside = (whileInside: AutomationInput['whileInside']): Play =>
    new Play(
      programOf(
        model([]),
        automation('flow', [{ type: 'event', event: 'go' }], [wait(5), label('done')], { whileInside }),
      ),
    )
      .then(go(1), go(3))
      .until(20);

  test('skip: the second does not start', () => {
    expect(inside('skip').trails).toEqual(['wait:-@1 wait:next@6 done:next@6 completed']);
  });
  test('restart: the first is cancelled', () => {
    expect(inside('restart').trails).toEqual([
      'wait:-@1 wait:-@3 cancelled',
      'wait:-@3 wait:next@8 done:next@8 completed',
    ]);
  });
  test('side by side: both go on', () => {
    expect(inside('side_by_side').trails).toEqual([
      'wait:-@1 wait:next@6 done:next@6 completed',
      'wait:-@3 wait:next@8 done:next@8 completed',
    ]);
  });
  test('skipping does not use a count up', () => {
    const flow = automation('flow', [{ type: 'event', event: 'go' }], [wait(5)], {
      whileInside: 'skip',
      reentry: { kind: 'at_most', times: 1, perDays: 4 },
    });
    const play = new Play(programOf(model([]), flow)).then(go(1), go(5.5)).until(7).then(go(7));
    expect(play.trails.map((trail) => trail.slice(0, 8))).toEqual(['wait:-@1', 'wait:-@7']);
  });
});
