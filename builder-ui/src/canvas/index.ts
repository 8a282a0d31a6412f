import { lazy } from 'react';

export type { PathCanvasProps, TrailStop } from './path-canvas.tsx';

/** The path of a run on its canvas; comes with its own chunk, so wrap it in Suspense. */
export const PathCanvas = lazy(() => import('./path-canvas.tsx'));
