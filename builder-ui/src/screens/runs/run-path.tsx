import type { Automation, RunDetail } from '@ripen/shared';
import PathCanvas from '../../canvas/path-canvas.tsx';
import { useNames } from '../../fields/index.ts';

/** A run's path, drawn on the version that it runs on. */
export function RunPath({ document, run }: { document: Automation; run: RunDetail }) {
  const names = useNames();
  const last = run.trail.length - 1;
  const trail = run.trail.map((step, index) => ({
    node: step.node,
    port: step.port,
    at: step.at,
    note: step.note,
    failed: run.status === 'failed' && index === last,
  }));
  return <PathCanvas document={document} names={names} trail={trail} />;
}
