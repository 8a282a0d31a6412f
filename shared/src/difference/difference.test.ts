import { describe, expect, test } from 'vitest';
import { automationSchema, type Automation } from '../automation/graph.ts';
import { differenceOf, isSame } from './automation.ts';
import { changesBetween } from './changes.ts';
import { describeDifference } from './words.ts';

type Input = Parameters<typeof automationSchema.parse>[0];
const field = (value: string) => ({ kind: 'field', field: 'country', is: { op: 'equals', value } });

/** start -> ask -us-> wait -> give, and ask -else-> bye. */
const first = {
  kind: 'automation',
  id: 'nurture',
  name: 'Nurture',
  triggers: [{ type: 'event', event: 'asked' }],
  nodes: [
    { id: 'ask', type: 'condition', settings: { branches: [{ id: 'us', name: 'US', when: field('US') }] } },
    { id: 'wait', type: 'wait_time', settings: { duration: { amount: 1, unit: 'days' } } },
    { id: 'give', type: 'add_points', settings: { model: 'interest', points: 5 } },
    { id: 'bye', type: 'add_label', settings: { label: 'bye' } },
  ],
  edges: [
    { from: 'start', to: 'ask' },
    { from: 'ask', port: 'us', to: 'wait' },
    { from: 'ask', port: 'else', to: 'bye' },
    { from: 'wait', to: 'give' },
  ],
};
const before = automationSchema.parse(first);
const changed = (change: (document: Automation) => void, from: Input = first): Automation => {
  const document = automationSchema.parse(from);
  change(document);
  return document;
};
/** `what node title | label: before -> after`, a line for each setting. */
const lines = (after: Automation, was: Automation | null = before): string[] =>
  describeDifference(differenceOf(was, after), { before: was, after }).flatMap(({ what, node, title, settings }) => {
    const head = `${what} ${node ?? '-'} ${title}`;
    return settings.length === 0
      ? [head]
      : settings.map((one) => `${head} | ${one.label}: ${one.before} -> ${one.after}`);
  });

describe('what a version changes', () => {
  test('places, the order of keys and of the lists of steps and edges change nothing', () => {
    const after = changed((document) => {
      document.layout = { ask: { x: 1, y: 2 } };
      document.nodes.reverse();
      document.edges.reverse();
    });
    expect(isSame(differenceOf(before, after))).toBe(true);
    expect(lines(after)).toEqual([]);
  });

  test('settings of a step, from what to what', () => {
    const after = changed(({ nodes }) => {
      nodes[1] = { id: 'wait', type: 'wait_time', settings: { duration: { amount: 3, unit: 'days' } } };
      Object.assign(nodes[2]?.settings ?? {}, { points: 10, decays: false });
      Object.assign(nodes[3] ?? {}, { note: 'Goodbye' });
    });
    expect(lines(after)).toEqual([
      'changed wait Wait for a time | Duration: 1 day -> 3 days',
      'changed give Add points | Points: 5 -> 10',
      'changed give Add points | Decays: yes -> no',
      'changed bye Add label | Note: not set -> “Goodbye”',
    ]);
  });

  test('branches are told by their names, a condition as one, the order too', () => {
    const branches = (...list: { id: string; name: string; when: unknown }[]) => ({
      ...first,
      nodes: [{ id: 'ask', type: 'condition', settings: { branches: list } }, ...first.nodes.slice(1)],
    });
    const us = { id: 'us', name: 'US', when: field('US') };
    const de = { id: 'de', name: 'Germany', when: field('DE') };
    const two = automationSchema.parse(branches(us, de));
    expect(lines(two)).toEqual([expect.stringMatching(/^changed ask Condition \| Germany: not set -> “Germany”$/)]);
    expect(lines(automationSchema.parse(branches(de, us)), two)).toEqual([
      'changed ask Condition | Branches, order: “US”, “Germany” -> “Germany”, “US”',
    ]);
    expect(lines(automationSchema.parse(branches({ ...us, when: field('GB') })))).toEqual([
      `changed ask Condition | US, when: ${JSON.stringify(field('US'))} -> ${JSON.stringify(field('GB'))}`,
    ]);
  });

  test('a step put on an edge is added, and the output before it leads elsewhere', () => {
    const after = changed(({ nodes, edges }) => {
      nodes.push({ id: 'hot', type: 'add_label', settings: { label: 'hot' } });
      edges[1] = { from: 'ask', port: 'us', to: 'hot' };
      edges.push({ from: 'hot', port: 'next', to: 'wait' });
    });
    expect(lines(after)).toEqual([
      'added hot Add label',
      'changed ask Condition: “us” leads elsewhere | : Wait for a time “wait” -> Add label “hot”',
    ]);
    // A drawing shows the new step's own edge too.
    expect(differenceOf(before, after).rewired).toContainEqual({
      from: 'hot',
      port: 'next',
      before: null,
      after: 'wait',
    });
  });

  test('a step that is gone, with what led to it; its own outputs go with it', () => {
    const after = changed((document) => {
      document.nodes.splice(1, 1);
      document.edges = document.edges.filter(({ from, to }) => from !== 'wait' && to !== 'wait');
    });
    expect(lines(after)).toEqual([
      'removed wait Wait for a time',
      'changed ask Condition: “us” leads elsewhere | : Wait for a time “wait” -> nowhere',
    ]);
    expect(differenceOf(before, after).rewired).toContainEqual({
      from: 'wait',
      port: 'next',
      before: 'give',
      after: null,
    });
  });

  test('a step of another kind under the same id', () => {
    const after = changed(({ nodes }) => {
      nodes[3] = { id: 'bye', type: 'remove_label', settings: { label: 'bye' } };
    });
    expect(lines(after)).toEqual(['changed bye Remove label | Kind of step: Add label -> Remove label']);
  });

  test('what is of the automation itself', () => {
    const after = changed((document) => {
      document.name = 'Care';
      document.whileInside = 'skip';
      document.reentry = { kind: 'once' };
    });
    expect(lines(after)).toEqual([
      'changed - Name | : “Nurture” -> “Care”',
      'changed - How often a contact may enter | : every time -> once',
      'changed - What happens to those inside | : “side_by_side” -> “skip”',
    ]);
    expect(lines(changed(({ triggers }) => triggers.push({ type: 'manual' })))).toEqual([
      expect.stringMatching(/^changed start What starts it \| : .*event.*manual/),
    ]);
  });

  test('published for the first time, all of it is new', () => {
    expect(lines(before, null)).toEqual([
      'added ask Condition',
      'added wait Wait for a time',
      'added give Add points',
      'added bye Add label',
    ]);
  });
});

test('drafts may hold anything', () => {
  expect(changesBetween(undefined, { a: null, b: [1] })).toEqual([
    { path: ['a'], label: 'A', before: undefined, after: null },
    { path: ['b'], label: 'B', before: undefined, after: [1] },
  ]);
  expect(changesBetween('text', { a: 1 })).toEqual([{ path: [], label: '', before: 'text', after: { a: 1 } }]);
  // Two members of one id are no list of members.
  expect(changesBetween({ of: [{ id: 'a' }] }, { of: [{ id: 'a' }, { id: 'a' }] })).toHaveLength(1);
});
