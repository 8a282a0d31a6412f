import { describe, expect, test } from 'vitest';
import type { DefinitionInput } from '../model/definitions.ts';
import { automation, model, Play, programOf, rule, type Happening } from './generators/play.ts';
import { cascadeLimit } from './runs/runs.ts';

type AutomationInput = Extract<DefinitionInput, { kind: 'automation' }>;
type NodeInput = AutomationInput['nodes'][number];

const label = (id: string): NodeInput => ({ id, type: 'add_label', settings: { label: id } });
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
const go = (on: number): Happening => ({ on, type: 'go' });

describe('cascades', () => {
  test('what a run triggers queues behind it, first in, first out', () => {
    const on = (id: string, labelled: string, then: string[]) =>
      automation(id, [{ type: 'label_added', label: labelled }], then.map(label));
    const play = new Play(
      programOf(
        model([]),
        automation('flow', [{ type: 'event', event: 'go' }], [label('a'), label('b')]),
        on('on_a', 'a', ['c']),
        on('on_b', 'b', ['d']),
        on('on_c', 'c', ['e']),
      ),
    ).then(go(1));
    expect(play.driver.subject.labels).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('a move by points triggers at once, behind what is going on', () => {
    const points: NodeInput = { id: 'points', type: 'add_points', settings: { model: 'main', points: 12 } };
    const stage: NodeInput = {
      id: 'ask',
      type: 'condition',
      settings: { branches: [{ id: 'lead', name: 'lead', when: { kind: 'stage', in: ['lead'] } }] },
    };
    const play = new Play(
      programOf(
        model(rules),
        stages,
        automation('flow', [{ type: 'event', event: 'go' }], [points, stage, label('flow')], {
          edges: [
            { from: 'start', to: 'points' },
            { from: 'points', to: 'ask' },
            { from: 'ask', port: 'lead', to: 'flow' },
          ],
        }),
        automation('moved', [{ type: 'stage_entered', stage: 'lead' }], [label('moved')]),
      ),
    ).then(go(1));
    expect(play.trails).toEqual(['points:next@1 ask:lead@1 flow:next@1 completed', 'moved:next@1 completed']);
    expect(play.driver.subject.labels).toEqual(['flow', 'moved']);
  });

  test('automations that start each other are cut off, visibly, and the contact goes on', () => {
    const start = (automationId: string): NodeInput => ({
      id: 'start_other',
      type: 'start_automation',
      settings: { automation: automationId },
    });
    const play = new Play(
      programOf(
        model(rules),
        automation('ping', [{ type: 'event', event: 'go' }, { type: 'manual' }], [start('pong')]),
        automation('pong', [{ type: 'manual' }], [start('ping')]),
      ),
    ).then(go(1));
    const runs = [...play.outcome.runs.values()];
    expect(runs.filter((run) => run.status === 'failed').map((run) => run.error)).toEqual([
      expect.stringContaining('Cascade limit'),
    ]);
    expect(runs.length).toBeLessThanOrEqual(cascadeLimit.runs + 1);
    expect(play.then({ on: 2, type: 'up' }).score(2)).toBe(10);
  });
});

describe('backfill', () => {
  const tell: NodeInput = { id: 'tell', type: 'notify', settings: { channel: 'hook' } };
  const route: NodeInput = { id: 'route', type: 'route', settings: { queue: 'sales' } };
  const program = (more: Partial<AutomationInput> = {}) =>
    programOf(
      model(rules),
      stages,
      { kind: 'queue', id: 'sales', name: 'Sales' },
      { kind: 'channel', id: 'hook', name: 'Hook', type: 'webhook', url: 'https://example.com/hook' },
      automation('flow', [{ type: 'event', event: 'up' }], [tell, route], more),
    );

  test('late by a day and more: it scores and moves, but pages nobody', () => {
    const play = new Play(program()).then({ on: 5, type: 'up', occurred: 3 });
    expect(play.score(5)).toBe(10);
    expect(play.moves).toEqual(['- > lead @5 past lead']);
    expect(play.outcome.effects.map(({ kind, held }) => [kind, held])).toEqual([
      ['deliver', 'backfill'],
      ['ask', 'backfill'],
    ]);
    expect([...play.outcome.runs.values()][0]?.trail[0]).toMatchObject({ port: 'next', note: 'held: backfill' });
  });

  test('late by less: it pages', () => {
    const play = new Play(program()).then({ on: 5, type: 'up', occurred: 4.5 });
    expect(play.outcome.effects.map(({ held }) => held)).toEqual([null, null]);
  });

  test('an automation can opt in', () => {
    const play = new Play(program({ pagesOnBackfill: true })).then({ on: 5, type: 'up', occurred: 3 });
    expect(play.outcome.effects.map(({ held }) => held)).toEqual([null, null]);
  });

  test('what fell due long ago pages nobody either', () => {
    const flow = automation('flow', [{ type: 'event', event: 'up' }], [wait(2), tell]);
    const documents: DefinitionInput[] = [
      { kind: 'channel', id: 'hook', name: 'Hook', type: 'webhook', url: 'https://example.com/hook' },
    ];
    const soon = new Play(programOf(model(rules), flow, ...documents)).then({ on: 1, type: 'up' });
    soon.driver.tick(soon.event({ on: 3.5, type: 'x' }).arrivedAt);
    const late = new Play(programOf(model(rules), flow, ...documents)).then({ on: 1, type: 'up' });
    late.driver.tick(late.event({ on: 9, type: 'x' }).arrivedAt);
    expect([soon.outcome.effects[0]?.held, late.outcome.effects[0]?.held]).toEqual([null, 'backfill']);
    // Whoever looks, the wait ended at its own moment.
    expect([soon.trails, late.trails].map(([trail]) => trail)).toEqual([soon.trails[0], soon.trails[0]]);
  });
});
