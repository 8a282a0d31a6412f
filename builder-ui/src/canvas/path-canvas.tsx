import { startNodeId, type Automation } from '@ripen/shared';
import { useMemo } from 'react';
import { Editor } from '../document/editor.ts';
import type { Names } from '../fields/names.ts';
import { Canvas } from './canvas.tsx';
import type { Passed } from './flow-types.ts';
import { edgeId } from './project.ts';

/** A stop of a run, in the order of the run. */
export interface TrailStop {
  node: string;
  /** By which output it went on; null where it waits, ended or failed. */
  port: string | null;
  at: string;
  note: string | null;
  failed?: boolean;
}

export interface PathCanvasProps {
  /** The automation as it was in the run's version. */
  document: Automation;
  names: Names;
  trail: readonly TrailStop[];
  /** This node is chosen; told when another is. */
  selected?: string | null;
  label?: string;
}

/** The way that a run took, on a drawing that cannot be changed. What it did not reach is dimmed. */
export default function PathCanvas({ document, names, trail, selected, label }: PathCanvasProps) {
  const editor = useMemo(() => new Editor(document), [document]);
  const passed = useMemo(() => {
    const stops = new Map<string, Passed>([[startNodeId, { turn: 0, failed: false, note: null }]]);
    for (const stop of trail) {
      const before = stops.get(stop.node);
      stops.set(stop.node, {
        // Counted by steps: one that waited or asked has several stops in the trail. The start is no step.
        turn: before?.turn ?? stops.size,
        failed: (before?.failed ?? false) || stop.failed === true,
        note: stop.note,
      });
    }
    return stops;
  }, [trail]);
  const taken = useMemo(
    () =>
      new Set([
        edgeId({ from: startNodeId, port: 'next' }),
        ...trail.flatMap(({ node, port }) => (port === null ? [] : edgeId({ from: node, port }))),
      ]),
    [trail],
  );
  useMemo(() => editor.select(selected ? [selected] : []), [editor, selected]);
  return (
    <Canvas
      editor={editor}
      names={names}
      problems={none}
      counts={null}
      readOnly
      compact
      trail={passed}
      taken={taken}
      label={label ?? 'The path of the run'}
    />
  );
}

const none: [] = [];
