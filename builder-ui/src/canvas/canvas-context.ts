import { createContext, useContext } from 'react';
import type { Port } from '../document/graph.ts';

/** What nodes and edges ask of the canvas around them. One object for its whole life, so that nothing is drawn again for it. */
export interface CanvasActs {
  /** Nothing can be changed: no plus buttons. */
  readonly readOnly: boolean;
  /** Opens the picker of the next step beside the element. */
  openPicker: (after: Port, beside: Element) => void;
}

export const CanvasContext = createContext<CanvasActs>({ readOnly: true, openPicker: () => undefined });
export const useCanvasActs = (): CanvasActs => useContext(CanvasContext);
