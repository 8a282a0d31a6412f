import * as fc from 'fast-check';
import type { z } from 'zod';
import { automationSchema, startNodeId, type Automation, type Trigger } from '../../automation/graph.ts';
import type { Condition } from '../../model/condition.ts';
import { nodeSchema, nodeTypeOf, type GraphNode } from '../../nodes/registry.ts';
import { propertyCondition, richCondition } from './conditions.ts';
import { counting } from './models.ts';
import { dayMs } from '../../model/time.ts';
import {
  channelId,
  eventTypes,
  historyStartsAt,
  labels,
  maybe,
  mostly,
  queueId,
  segmentIds,
  stageIds,
  titles,
} from './vocabulary.ts';

/** A node before it has its id and defaults. */
type Draft = {
  [Type in GraphNode['type']]: { type: Type; settings: z.input<typeof nodeSchema>['settings'] };
}[GraphNode['type']];

const duration = fc.oneof(
  fc.record({ amount: fc.integer({ min: 1, max: 30 }), unit: fc.constant('days' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 72 }), unit: fc.constant('hours' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 12 }), unit: fc.constant('weeks' as const) }),
);
const wholePoints = fc.integer({ min: 1, max: 30 });
const floor = fc.constantFrom(0, 0, 4);

/** One arbitrary per node type but *go to*, *start another* and *end*, which the graph places itself. */
const draft = (models: readonly string[], condition: fc.Arbitrary<Condition>): fc.Arbitrary<Draft> => {
  const model = fc.constantFrom(...models);
  const group = fc.constantFrom('automations', 'engagement', 'web');
  const label = fc.constantFrom(...labels);
  const node = <Type extends Draft['type']>(type: Type, settings: fc.Arbitrary<Draft['settings']>, weight = 1) => ({
    // Whether settings fit the type is checked when the automation is parsed.
    weight,
    arbitrary: settings.map((value) => ({ type, settings: value })),
  });
  return fc.oneof(
    node(
      'condition',
      fc.array(condition, { minLength: 1, maxLength: 2 }).map((whens) => ({
        branches: whens.map((when, index) => ({ id: `b${String(index)}`, name: `branch ${String(index)}`, when })),
      })),
    ),
    node(
      'random_split',
      fc.integer({ min: 0, max: 100 }).map((percent) => ({
        branches: [
          { id: 'a', name: 'A', percent },
          { id: 'b', name: 'B', percent: 100 - percent },
        ],
      })),
    ),
    node('add_points', fc.record({ model, group, points: wholePoints, counts: counting, decays: fc.boolean() }), 3),
    node('subtract_points', fc.record({ model, points: wholePoints, floor, counts: counting })),
    node(
      'penalty',
      fc.record({
        model,
        group,
        points: wholePoints,
        counts: counting,
        decays: fc.boolean(),
        expiresAfterDays: maybe(fc.integer({ min: 1, max: 40 })),
      }),
    ),
    node('set_score', fc.record({ model, score: fc.integer({ min: -10, max: 90 }) })),
    node('reset_score', fc.record({ model })),
    node('decay_percent', fc.record({ model, percent: fc.integer({ min: 1, max: 100 }), floor })),
    node('move_stage', fc.record({ stage: fc.constantFrom(...stageIds) })),
    node(
      'set_field',
      fc.oneof(
        fc.constantFrom(...titles).map((value) => ({ field: 'title', to: { kind: 'value' as const, value } })),
        fc
          .record({ model, part: fc.constantFrom('all' as const, 'behaviour' as const) })
          .map((to) => ({ field: 'employees', to: { kind: 'score' as const, ...to } })),
      ),
    ),
    node('add_label', fc.record({ label })),
    node('remove_label', fc.record({ label })),
    node('wait_time', fc.record({ duration }), 2),
    node(
      'wait_event',
      fc.record({ event: fc.constantFrom(...eventTypes), where: maybe(propertyCondition, 5), timeout: duration }),
      4,
    ),
    node(
      'wait_until',
      fc.oneof(
        fc.integer({ min: 0, max: 300 }).map((day) => ({
          to: { kind: 'date' as const, at: new Date(historyStartsAt + day * dayMs).toISOString() },
        })),
        fc
          .integer({ min: -5, max: 10 })
          .map((shiftDays) => ({ to: { kind: 'field' as const, field: 'renewal', shiftDays } })),
      ),
      3,
    ),
    node(
      'wait_hours',
      fc
        .constantFrom('UTC', 'Europe/Berlin')
        .map((zone) => ({ from: '08:30', to: '17:00', zone, zoneField: 'timezone' })),
      2,
    ),
    node('wait_condition', fc.record({ when: condition, timeout: duration }), 3),
    node(
      'goal',
      fc.record({ when: condition, ifNotYet: fc.constantFrom('wait' as const, 'wait' as const, 'go_on' as const) }),
      6,
    ),
    node(
      'notify',
      fc.constant({
        channel: channelId,
        subject: 'Hello {{stage}}',
        body: `{{email}} has {{score:${models[0] ?? ''}}}`,
      }),
    ),
    node('route', fc.constant({ queue: queueId }), 2),
    node(
      'http_request',
      fc.constantFrom([], [{ from: 'grade', field: 'employees' }]).map((save) => ({
        ...{ channel: channelId, body: '{{email}}', save },
      })),
      2,
    ),
  );
};

const trigger = (models: readonly string[]): fc.Arbitrary<Trigger> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('event' as const),
        event: fc.constantFrom(...eventTypes),
        where: maybe(propertyCondition, 3),
      }),
    },
    fc.record({ type: fc.constant('field_changed' as const), field: fc.constantFrom('country', 'title', 'employees') }),
    fc.record({
      type: fc.constant('score_crosses' as const),
      model: fc.constantFrom(...models),
      value: fc.integer({ min: 1, max: 60 }),
      direction: fc.constantFrom('up' as const, 'down' as const),
    }),
    fc.record({ type: fc.constant('stage_entered' as const), stage: fc.constantFrom(...stageIds) }),
    fc.record({ type: fc.constant('stage_left' as const), stage: fc.constantFrom(...stageIds) }),
    fc.record({
      type: fc.constantFrom('label_added' as const, 'label_removed' as const),
      label: fc.constantFrom(...labels),
    }),
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constantFrom('segment_entered' as const, 'segment_left' as const),
        segment: fc.constantFrom(...segmentIds),
      }),
    },
    fc.integer({ min: 2, max: 25 }).map((days): Trigger => ({ type: 'inactive', days })),
    {
      weight: 3,
      arbitrary: fc.record({
        type: fc.constant('date' as const),
        field: fc.constant('renewal'),
        shiftDays: fc.integer({ min: -10, max: 10 }),
        yearly: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc
        .constantFrom('09:00', '23:30')
        .map((at): Trigger => ({ type: 'schedule', when: { every: 'day', at, zone: 'UTC' } })),
    },
    fc
      .constantFrom('accepted' as const, 'rejected' as const, 'won' as const)
      .map((outcome): Trigger => ({ type: 'lead', outcome })),
  );

/**
 * A valid graph: a chain in which every output leads to the next node or further on, closed by an end, or by a way back
 * through a wait. Some start another automation.
 */
const automation = (id: string, models: readonly string[], other: string | null): fc.Arbitrary<Automation> =>
  fc
    .record({
      triggers: fc.array(trigger(models), { minLength: 1, maxLength: 2 }),
      reentry: fc.oneof(
        { weight: 2, arbitrary: fc.constant({ kind: 'every_time' as const }) },
        { weight: 1, arbitrary: counting },
      ),
      whileInside: fc.constantFrom('skip' as const, 'restart' as const, 'side_by_side' as const),
      pagesOnBackfill: fc.boolean(),
      drafts: fc.array(draft(models, richCondition(models)), { minLength: 1, maxLength: 6 }),
      jumps: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 30, maxLength: 30 }),
      loops: fc.integer({ min: 0, max: 5 }),
      starts: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ drafts, jumps, loops, starts, ...rest }) => {
      const chain: { id: string; type: string; settings: unknown }[] = drafts.map((one, index) => ({
        id: `n${String(index)}`,
        ...one,
      }));
      if (other !== null && starts === 0)
        chain.push({ id: 'another', type: 'start_automation', settings: { automation: other } });
      if (loops === 0) {
        chain.push({ id: 'pause', type: 'wait_time', settings: { duration: { amount: 9, unit: 'days' } } });
        chain.push({ id: 'again', type: 'go_to', settings: { node: 'n0' } });
      } else chain.push({ id: 'finish', type: 'end', settings: {} });
      const nodes = chain.map((node) => nodeSchema.parse(node));
      // Every way back leads through the pause before it.
      const last = loops === 0 ? nodes.length - 2 : nodes.length - 1;
      let jump = 0;
      const edges = nodes.flatMap((node, index) =>
        nodeTypeOf(node)
          .ports(node.settings)
          .map((port, order) => {
            // The first output leads to the next node, so that every node can be reached; others may skip some.
            const ahead = order === 0 ? 1 : (jumps[jump++ % jumps.length] ?? 1);
            return { from: node.id, port, to: nodes[Math.max(index + 1, Math.min(index + ahead, last))]?.id ?? '' };
          }),
      );
      return automationSchema.parse({
        kind: 'automation',
        id,
        name: `Automation ${id}`,
        ...rest,
        nodes,
        edges: [{ from: startNodeId, port: 'next', to: nodes[0]?.id }, ...edges],
      });
    });

/** None to three automations over the given models. */
export const automations = (models: readonly string[]): fc.Arbitrary<Automation[]> =>
  fc
    .tuple(
      mostly(automation('first', models, null)),
      maybe(automation('second', models, null), 2),
      maybe(automation('third', models, null), 2),
      fc.boolean(),
    )
    .chain(([first, second, third, linked]) => {
      const all = [first, second, third].filter((one) => one !== undefined);
      if (!linked || !first) return fc.constant(all);
      return automation('starter', models, 'first').map((starter) => [...all, starter]);
    });
