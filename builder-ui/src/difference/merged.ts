import { differenceOf, startNodeId, type Automation, type AutomationDifference, type ChangeLine } from '@ripen/shared';
import { edgeId, type Marks } from '../canvas/project.ts';
import { freeSpot, sizeOf } from '../document/place.ts';

type What = ChangeLine['what'];

const changesStart = ({ settings }: AutomationDifference): boolean =>
  settings.some(({ path }) => path[0] === 'triggers');

/** Both versions as one drawing: the later one, and in it, as ghosts, what it does without. */
export const mergedDrawing = (before: Automation, after: Automation): { document: Automation; marks: Marks } => {
  const difference = differenceOf(before, after);
  const document = difference.removed.reduce<Automation>((drawn, node) => {
    const wanted = before.layout?.[node.id] ?? { x: 0, y: 0 };
    const spot = freeSpot(drawn, wanted, sizeOf(node));
    return { ...drawn, nodes: [...drawn.nodes, node], layout: { ...drawn.layout, [node.id]: spot } };
  }, after);
  return {
    document,
    marks: {
      nodes: nodeMarks(difference),
      edges: new Map(
        difference.rewired.flatMap((one) => (one.after === null ? [] : [[edgeId(one), 'added'] as const])),
      ),
      ghosts: difference.rewired.flatMap(({ from, port, before: to }) => (to === null ? [] : [{ from, port, to }])),
    },
  };
};

const nodeMarks = (difference: AutomationDifference): Map<string, What> =>
  new Map([
    ...(changesStart(difference) ? [[startNodeId, 'changed'] as const] : []),
    ...difference.added.map(({ id }) => [id, 'added'] as const),
    ...difference.changed.map(({ after: { id } }) => [id, 'changed'] as const),
    ...difference.removed.map(({ id }) => [id, 'removed'] as const),
  ]);

/** What each of two drawings beside each other shows: the earlier what goes, the later what comes. */
export const marksBeside = (before: Automation, after: Automation): { before: Marks; after: Marks } => {
  const difference = differenceOf(before, after);
  const nodes = [...nodeMarks(difference)];
  const edges = (end: 'before' | 'after', mark: 'added' | 'removed') =>
    new Map(difference.rewired.flatMap((one) => (one[end] === null ? [] : [[edgeId(one), mark] as const])));
  return {
    before: {
      nodes: new Map(nodes.filter(([, what]) => what !== 'added')),
      edges: edges('before', 'removed'),
      ghosts: [],
    },
    after: {
      nodes: new Map(nodes.filter(([, what]) => what !== 'removed')),
      edges: edges('after', 'added'),
      ghosts: [],
    },
  };
};
