import { startNodeId, type Automation } from '@ripen/shared';
import { portsOfId } from '../../../document/graph.ts';
import { portSpot, sizeOfId } from '../../../document/place.ts';
import { lookOf } from '../../../nodes/index.ts';

export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  color: string;
}

/** Start and steps where the layout has them. */
export const boxesOf = (automation: Automation): Box[] =>
  [{ id: startNodeId, type: 'start' as const }, ...automation.nodes].map(({ id, type }) => {
    const { width, height } = sizeOfId(automation, id);
    const { x, y } = automation.layout?.[id] ?? { x: 0, y: 0 };
    return { id, x: x - width / 2, y, width, height, color: lookOf(type).color };
  });

/** What leads where, as one path: down, across, down. */
export const edgesBetween = (automation: Automation, boxes: readonly Box[]): string => {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  return automation.edges
    .map(({ from, port, to }) => {
      const target = byId.get(to);
      if (!target) return '';
      const { x, y } = portSpot(automation, from, port, portsOfId(automation, from));
      const middle = (y + target.y) / 2;
      return `M${x} ${y}V${middle}H${target.x + target.width / 2}V${target.y}`;
    })
    .join('');
};
