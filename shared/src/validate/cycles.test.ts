import { expect, test } from 'vitest';
import { startNodeId } from '../automation/graph.ts';
import { automation } from '../core/generators/play.ts';
import { definitionSchema, definitionsOf, type DefinitionInput } from '../model/definitions.ts';
import { validate } from './validate.ts';

type NodeInput = Extract<DefinitionInput, { kind: 'automation' }>['nodes'][number];

const isHot = { kind: 'label' as const, label: 'hot' };
const days = { amount: 1, unit: 'days' as const };
const back: NodeInput = { id: 'back', type: 'go_to', settings: { node: 'wait' } };

/** Whether a circle through an output of a wait is one that does not wait. */
const circles = (wait: NodeInput, port: string): boolean => {
  const flow = automation('flow', [{ type: 'event', event: 'go' }], [wait, back], {
    edges: [
      { from: startNodeId, to: 'wait' },
      { from: 'wait', port, to: 'back' },
    ],
  });
  return validate(definitionsOf([definitionSchema.parse(flow)])).some(({ code }) => code === 'cycle_without_wait');
};

test.each<{ wait: NodeInput; port: string; wrong: boolean }>([
  { wait: { id: 'wait', type: 'wait_time', settings: { duration: days } }, port: 'next', wrong: false },
  { wait: { id: 'wait', type: 'wait_event', settings: { event: 'a', timeout: days } }, port: 'happened', wrong: false },
  { wait: { id: 'wait', type: 'wait_condition', settings: { when: isHot, timeout: days } }, port: 'met', wrong: true },
  {
    wait: { id: 'wait', type: 'wait_condition', settings: { when: isHot, timeout: days } },
    port: 'timed_out',
    wrong: false,
  },
  {
    wait: { id: 'wait', type: 'wait_until', settings: { to: { kind: 'date', at: '2030-01-01' } } },
    port: 'next',
    wrong: true,
  },
  { wait: { id: 'wait', type: 'wait_hours', settings: {} }, port: 'next', wrong: true },
  { wait: { id: 'wait', type: 'goal', settings: { when: isHot } }, port: 'reached', wrong: true },
  { wait: { id: 'wait', type: 'goal', settings: { when: isHot, ifNotYet: 'go_on' } }, port: 'missed', wrong: true },
])('a circle by "$port" of $wait.type does not wait: $wrong', ({ wait, port, wrong }) => {
  expect(circles(wait, port)).toBe(wrong);
});
