import { nodeTypes, type NodeTypeName } from '@ripen/shared';

/** What the palette puts into a drag, so that the canvas knows its own. */
const format = 'application/x-ripen-step';

export const startDrag = (transfer: DataTransfer, type: NodeTypeName): void => {
  transfer.setData(format, type);
  transfer.effectAllowed = 'copy';
};

export const isStepDrag = (transfer: DataTransfer): boolean => transfer.types.includes(format);

export const droppedType = (transfer: DataTransfer): NodeTypeName | null =>
  nodeTypes.find(({ type }) => type === transfer.getData(format))?.type ?? null;
