import { useReactFlow, useStore, type ReactFlowState } from '@xyflow/react';
import { memo, useEffect, useMemo, useRef, type PointerEvent } from 'react';
import styles from './canvas.module.css';
import type { StepNode } from './flow-types.ts';

const size = { width: 150, height: 110 };
const margin = 5;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What is in view, in the drawing's own units. As text, so that equal views are equal. */
const viewOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState): string =>
  [-x / zoom, -y / zoom, width / zoom, height / zoom].join(' ');

const boxOf = (nodes: readonly StepNode[]): Box => {
  const left = Math.min(...nodes.map((node) => node.position.x - (node.width ?? 0) / 2));
  const right = Math.max(...nodes.map((node) => node.position.x + (node.width ?? 0) / 2));
  const top = Math.min(...nodes.map((node) => node.position.y));
  const bottom = Math.max(...nodes.map((node) => node.position.y + (node.height ?? 0)));
  return { x: left, y: top, width: right - left, height: bottom - top };
};

const union = (a: Box, b: Box): Box => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
};

/** All steps of a colour as one shape: however many there are, moving the view changes only the frame around it. */
const Steps = memo(function Steps({ nodes }: { nodes: readonly StepNode[] }) {
  const shapes = useMemo(() => {
    const byColor = new Map<string, string>();
    for (const { data, position, width = 0, height = 0 } of nodes) {
      const shape = `M${position.x - width / 2} ${position.y}h${width}v${height}h${-width}z`;
      byColor.set(data.look.color, (byColor.get(data.look.color) ?? '') + shape);
    }
    return [...byColor];
  }, [nodes]);
  return shapes.map(([color, shape]) => <path key={color} d={shape} fill={color} />);
});

/** The whole drawing, small, with a frame around what is in view. Pressing brings that place into view; the wheel zooms. */
export const Overview = memo(function Overview({ nodes, label }: { nodes: readonly StepNode[]; label: string }) {
  const flow = useReactFlow();
  const [x = 0, y = 0, width = 0, height = 0] = useStore(viewOf).split(' ').map(Number);
  const all = useMemo(() => boxOf(nodes), [nodes]);
  const held = useRef<Box | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const seen = { x, y, width, height };
  // While it is held the map stands still, or it would run away from under the pointer.
  const shown = held.current ?? union(all, seen);
  const scale = Math.max(shown.width / (size.width - 2 * margin), shown.height / (size.height - 2 * margin));
  const box = {
    x: shown.x + shown.width / 2 - (size.width * scale) / 2,
    y: shown.y + shown.height / 2 - (size.height * scale) / 2,
    width: size.width * scale,
    height: size.height * scale,
  };

  const go = (event: PointerEvent): void => {
    const around = event.currentTarget.getBoundingClientRect();
    const at = {
      x: box.x + ((event.clientX - around.left) / around.width) * box.width,
      y: box.y + ((event.clientY - around.top) / around.height) * box.height,
    };
    void flow.setCenter(at.x, at.y, { zoom: flow.getZoom() });
  };
  const letGo = (): void => {
    held.current = null;
  };
  useEffect(() => {
    const element = svg.current;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      void flow.zoomTo(flow.getZoom() * 2 ** (-event.deltaY / 500));
    };
    // React listens passively, and then the page behind would scroll too.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [flow]);

  return (
    <svg
      ref={svg}
      className={styles.map}
      {...size}
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      role="img"
      aria-label={label}
      onPointerDown={(event) => {
        held.current = shown;
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (held.current) go(event);
      }}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    >
      <Steps nodes={nodes} />
      <path
        className={styles.unseen}
        fillRule="evenodd"
        strokeWidth={1.5 * scale}
        d={`M${box.x - scale} ${box.y - scale}h${box.width + 2 * scale}v${box.height + 2 * scale}h${-box.width - 2 * scale}zM${x} ${y}h${width}v${height}h${-width}z`}
      />
    </svg>
  );
});
