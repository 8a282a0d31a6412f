import { startNodeId } from '@ripen/shared';
import { getViewportForBounds, useReactFlow } from '@xyflow/react';
import { useMemo, type RefObject } from 'react';
import type { Editor } from '../document/editor.ts';
import { gap, sizeOfId, type Spot } from '../document/place.ts';
import { stepElementId } from './step-node.tsx';

const motionMs = (): number => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 140);
/** Below this the words on the nodes are not read any more. */
const readable = 0.7;
/** Below this they are guessed. */
const recognisable = 0.5;
/** Where the canvas is narrower, its margins are too, and a flow is shown whole rather than large: some ways side by side. */
const narrow = 700;
const margin = 40;
/** Where there is little room. */
const edge = 16;
export const minZoom = 0.1;
/** Free outputs hang below their step, and the tools stand at the bottom. */
const roomAtBottom = 130;

/** Where the view is: what moves it, and what brings a step into it. */
export const useView = (editor: Editor, wrapper: RefObject<HTMLDivElement | null>) => {
  const flow = useReactFlow();
  return useMemo(() => {
    const boxOf = (id: string) => {
      const spot = editor.document.layout?.[id] ?? { x: 0, y: 0 };
      return { ...spot, ...sizeOfId(editor.document, id) };
    };
    const room = () => ({ width: wrapper.current?.clientWidth ?? 0, height: wrapper.current?.clientHeight ?? 0 });

    /** The bounds of these steps, free outputs with them. */
    const boundsOf = (ids: readonly string[]) => {
      const boxes = ids.map(boxOf);
      const left = Math.min(...boxes.map((box) => box.x - box.width / 2));
      const right = Math.max(...boxes.map((box) => box.x + box.width / 2));
      const top = Math.min(...boxes.map((box) => box.y));
      const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + 40;
      return { left, right, top, bottom };
    };
    const whole = () => boundsOf([startNodeId, ...editor.document.nodes.map((node) => node.id)]);
    /** All of it if that can be read; else from the start on, at a size that can. */
    const begin = (): void => {
      const { width, height } = room();
      const { left, right, top, bottom } = whole();
      const [around, least] = width < narrow ? [edge, recognisable] : [margin, readable];
      const fits = Math.min((width - 2 * around) / (right - left), (height - 2 * around) / (bottom - top), 1);
      const isWhole = fits >= least;
      // What does not fit anyway begins at a size that can be read.
      const zoom = isWhole ? fits : readable;
      const start = boxOf(startNodeId);
      const middle = isWhole ? (left + right) / 2 : start.x;
      const above = isWhole ? Math.max(around, (height - (bottom - top) * zoom) / 2.6) : around;
      void flow.setViewport({ x: width / 2 - middle * zoom, y: above - (isWhole ? top : start.y) * zoom, zoom });
    };
    /** These steps, one after the other; of a way that is too long to be read, its end. */
    const follow = (ids: readonly string[]): void => {
      const { width, height } = room();
      const { left, right, top, bottom } = boundsOf(ids);
      const fits = Math.min((width - 2 * edge) / (right - left), (height - 2 * edge) / (bottom - top), 1);
      const zoom = Math.max(fits, recognisable);
      const end = boxOf(ids.at(-1) ?? startNodeId);
      const middle = fits < recognisable ? end.x : (left + right) / 2;
      const y =
        fits < recognisable
          ? height - roomAtBottom - (end.y + end.height) * zoom
          : (height - (top + bottom) * zoom) / 2;
      void flow.setViewport({ x: width / 2 - middle * zoom, y, zoom });
    };
    /** All of it, however small. */
    const fit = (): void => {
      const { left, right, top, bottom } = whole();
      const bounds = { x: left, y: top, width: right - left, height: bottom - top };
      const { width, height } = room();
      void flow.setViewport(getViewportForBounds(bounds, width, height, minZoom, 1, 0.1), { duration: motionMs() });
    };
    const centre = (id: string): void => {
      const box = boxOf(id);
      void flow.setCenter(box.x, box.y + box.height / 2, { zoom: Math.max(flow.getZoom(), 0.8), duration: motionMs() });
    };
    /** Moves only as far as it takes to see the step. */
    const reveal = (id: string): void => {
      const box = boxOf(id);
      const { x, y, zoom } = flow.getViewport();
      const { width, height } = room();
      const [left, right] = [(box.x - box.width / 2) * zoom + x, (box.x + box.width / 2) * zoom + x];
      const [top, bottom] = [box.y * zoom + y, (box.y + box.height) * zoom + y];
      const dx = left < margin ? margin - left : right > width - margin ? width - margin - right : 0;
      const dy =
        top < margin
          ? margin - top
          : bottom > height - roomAtBottom
            ? Math.max(height - roomAtBottom - bottom, margin - top)
            : 0;
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: motionMs() });
    };
    /** Where a step stands that follows this one without being led to. */
    const below = (id: string): Spot => {
      const { x, y, height } = boxOf(id);
      return { x, y: y + height + gap.y };
    };
    /** Moves the step up, at once, where a list that opens under it would cover it. */
    const roomBelow = (id: string, needed: number): void => {
      const box = boxOf(id);
      const { x, y, zoom } = flow.getViewport();
      const { height } = room();
      const missing = (box.y + box.height) * zoom + y + needed - height;
      const most = box.y * zoom + y - margin;
      const by = Math.min(missing, most);
      if (by > 0) void flow.setViewport({ x, y: y - by, zoom });
    };
    /** Steps out of view may be not drawn yet: a few frames are given to them. */
    const focus = (id: string, tries = 12): void => {
      const element = document.getElementById(stepElementId(id));
      if (element) element.focus({ preventScroll: true });
      else if (tries > 0) requestAnimationFrame(() => focus(id, tries - 1));
    };
    return {
      begin,
      follow,
      centre,
      reveal,
      below,
      roomBelow,
      focus,
      zoom: (by: 'in' | 'out' | 'fit' | 'actual'): void => {
        const duration = motionMs();
        if (by === 'in') void flow.zoomIn({ duration });
        else if (by === 'out') void flow.zoomOut({ duration });
        else if (by === 'actual') void flow.zoomTo(1, { duration });
        else fit();
      },
      toCanvas: flow.screenToFlowPosition,
    };
  }, [editor, flow, wrapper]);
};
export type View = ReturnType<typeof useView>;
