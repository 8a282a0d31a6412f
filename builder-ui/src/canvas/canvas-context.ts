import { createContext, useContext, type MouseEvent } from 'react';
import type { Port } from '../document/graph.ts';

/** What a number on the drawing counts. */
export interface Counted {
  node: string;
  what: 'entered' | 'waiting' | 'done' | 'failed' | 'undelivered' | 'took';
  /** The output that was taken. */
  port?: string;
}

/** A way to those who are counted. */
export interface CountLink {
  href: string;
  onClick: (event: MouseEvent) => void;
}

/** What nodes and edges ask of the canvas around them. One object for its whole life, so that nothing is drawn again for it. */
export interface CanvasActs {
  /** Nothing can be changed: no plus buttons. */
  readonly readOnly: boolean;
  /** Opens the picker of the next step beside the element. */
  openPicker: (after: Port, beside: Element) => void;
  /** Where those are that a number counts; null where there is no such page. */
  linkTo: ((counted: Counted) => CountLink | null) | null;
}

export const CanvasContext = createContext<CanvasActs>({
  readOnly: true,
  openPicker: () => undefined,
  linkTo: null,
});
export const useCanvasActs = (): CanvasActs => useContext(CanvasContext);
