import type { Automation } from '@ripen/shared';

type Node = Automation['nodes'][number];
type Spot = { readonly x: number; readonly y: number };

/** A question; whoever says yes gets points and waits, the others get a label; both go on to the next question. */
const parts: readonly { readonly at: Spot; readonly node: (id: string, index: number) => Node }[] = [
  {
    at: { x: 0, y: 0 },
    node: (id, index) => ({
      id,
      type: 'condition',
      settings: {
        branches: [
          {
            id: 'yes',
            name: 'Yes',
            when: { kind: 'field', field: 'country', is: { op: 'equals', value: `C${index}` } },
          },
        ],
      },
    }),
  },
  {
    at: { x: -160, y: 130 },
    node: (id, index) => ({
      id,
      type: 'add_points',
      settings: {
        model: 'intent',
        group: 'web',
        points: 1 + (index % 9),
        counts: { kind: 'every_time' },
        decays: true,
      },
    }),
  },
  { at: { x: 160, y: 130 }, node: (id, index) => ({ id, type: 'add_label', settings: { label: `asked_${index}` } }) },
  {
    at: { x: -160, y: 260 },
    node: (id, index) => ({ id, type: 'wait_time', settings: { duration: { amount: 1 + (index % 5), unit: 'days' } } }),
  },
];
const questionsInColumn = 15;
const column = { x: 700, y: 390 } as const;

/** Questions below each other, in columns: as wide as it is high, like what people draw. */
export const drawingOf = (id: string, count: number): Automation => {
  const idOf = (index: number): string => `node-${index}`;
  const drawn = Array.from({ length: count }, (_, index) => {
    const question = Math.floor(index / parts.length);
    const part = parts[index % parts.length] as (typeof parts)[number]; // The remainder is below the length.
    const top = {
      x: Math.floor(question / questionsInColumn) * column.x,
      y: 140 + (question % questionsInColumn) * column.y,
    };
    return { node: part.node(idOf(index), index), at: { x: top.x + part.at.x, y: top.y + part.at.y } };
  });
  // From the question, the points, the label and the wait of each: the last two lead to the next question.
  const leads: readonly (readonly [from: number, port: string, to: number])[] = [
    [0, 'yes', 1],
    [0, 'else', 2],
    [1, 'next', 3],
    [2, 'next', 4],
    [3, 'next', 4],
  ];
  const edges = drawn.flatMap((_, index) =>
    leads
      .filter(([from]) => from === index % parts.length)
      .map(([from, port, to]) => ({ from: index, port, to: index - from + to }))
      .filter(({ to }) => to < count)
      .map(({ from, port, to }) => ({ from: idOf(from), port, to: idOf(to) })),
  );
  return {
    kind: 'automation',
    schemaVersion: 1,
    id,
    name: `${count} steps`,
    triggers: [{ type: 'event', event: 'email_clicked' }],
    reentry: { kind: 'every_time' },
    whileInside: 'side_by_side',
    pagesOnBackfill: false,
    nodes: drawn.map(({ node }) => node),
    edges: [{ from: 'start', port: 'next', to: idOf(0) }, ...edges],
    layout: { start: { x: 0, y: 0 }, ...Object.fromEntries(drawn.map(({ node, at }) => [node.id, at])) },
  };
};
