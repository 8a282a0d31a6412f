import { automationSchema, type Automation } from '@ripen/shared';
import type { z } from 'zod';

/** Room for a node and its edges on the canvas. */
const columnWidth = 285;
const rowHeight = 140;

type Input = z.input<typeof automationSchema>;
/** A node with its place: column and row of the drawing, the trigger being at 0, 0. */
type Placed = Input['nodes'][number] & { at: readonly [column: number, row: number] };
/** `from` or `from:port`, and where it leads. */
type Arrow = readonly [from: string, to: string];

/** A way ends here. Each has an end of its own: ways that ran together at one would cross the drawing. */
export const end = (id: string, at: Placed['at']): Placed => ({ id, type: 'end', settings: {}, at });

/** Makes a document from a drawing on a grid. Throws when it is none. */
export const draw = ({
  nodes,
  arrows,
  ...rest
}: Omit<Input, 'kind' | 'nodes' | 'edges' | 'layout'> & { nodes: Placed[]; arrows: Arrow[] }): Automation =>
  automationSchema.parse({
    kind: 'automation',
    ...rest,
    nodes: nodes.map(({ at: _, ...node }) => node),
    edges: arrows.map(([from, to]) => {
      const [node = '', port = 'next'] = from.split(':');
      return { from: node, port, to };
    }),
    layout: Object.fromEntries([
      ['start', { x: 0, y: 0 }],
      ...nodes.map(({ id, at: [column, row] }) => [id, { x: column * columnWidth, y: row * rowHeight }] as const),
    ]),
  });
