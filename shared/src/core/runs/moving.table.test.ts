import { describe, expect, test } from 'vitest';
import { automationSchema } from '../../automation/graph.ts';
import { definitionSchema, definitionsOf, type DefinitionInput } from '../../model/definitions.ts';
import { compile } from '../compile.ts';
import { automation, day, model, Play } from '../generators/play.ts';
import { needs } from '../needs.ts';
import { newSubject } from '../subject.ts';

type NodeInput = Extract<DefinitionInput, { kind: 'automation' }>['nodes'][number];

const label = (id: string): NodeInput => ({ id, type: 'add_label', settings: { label: id } });

describe('moving to another version', () => {
  const flow = (version: number, nodes: NodeInput[], live: boolean) => ({
    version,
    live,
    graph: automationSchema.parse(automation('flow', [{ type: 'event', event: 'go' }], nodes)),
  });
  const days = (amount: number, id = 'wait'): NodeInput => ({
    id,
    type: 'wait_time',
    settings: { duration: { amount, unit: 'days' } },
  });
  const versions = (revision: number, second: NodeInput[]) =>
    compile({
      ...definitionsOf([definitionSchema.parse(model([]))], revision),
      automations: [
        flow(1, [days(3), label('old')], revision === 1),
        ...(revision === 1 ? [] : [flow(2, second, true)]),
      ],
    });
  const moved = (second: NodeInput[]) => {
    const play = new Play(versions(1, second)).then({ on: 1, type: 'go', id: 'go' });
    const run = play.driver.subject.runs[0]?.id ?? '';
    return play
      .publish(versions(2, second))
      .then({ on: 2, type: 'ripen.move_run', properties: { automation: 'flow', run, version: 2 } })
      .until(9);
  };

  test('a run goes on by the new version, at the moment that it waited for', () => {
    const play = moved([days(5), label('new')]);
    expect(play.trails).toEqual(['wait:-@1 wait:-@2 wait:next@4 new:next@4 completed']);
    expect(play.outcome.subject.labels).toEqual(['new']);
    expect([...play.outcome.runs.values()].map(({ version }) => version)).toEqual([2]);
  });

  test.each([
    {
      what: 'whose step is gone',
      second: [days(5, 'pause'), label('new')],
      why: 'its step "wait" is not there any more',
    },
    {
      what: 'whose step is of another kind',
      second: [label('wait')],
      why: 'its step "wait" is another kind of step now',
    },
  ])('a run $what stays, and it is said', ({ second, why }) => {
    const play = moved(second);
    expect(play.trails).toEqual(['wait:-@1 wait:next@4 old:next@4 completed']);
    expect(play.outcome.notes).toEqual([expect.stringContaining(`stays on version 1: ${why}`)]);
  });

  test('what a batch needs for going on after a move is named with the move', () => {
    const asks: NodeInput = {
      id: 'asks',
      type: 'condition',
      settings: { branches: [{ id: 'yes', name: 'Yes', when: { kind: 'performed', event: 'read' } }] },
    };
    const program = versions(2, [days(5), asks]);
    const event = new Play(program).event({
      on: 2,
      type: 'ripen.move_run',
      properties: { automation: 'flow', run: 'x', version: 2 },
    });
    expect(needs(program, { ...newSubject('ada'), clock: day(1) }, [event]).events.map(({ type }) => type)).toEqual([
      'read',
    ]);
  });
});
