import type { KeyboardEvent } from 'react';
import type { Direction } from '../document/walk.ts';

/** What keys can do on the canvas. */
export interface KeyActs {
  walk: (direction: Direction) => void;
  nudge: (direction: Direction) => void;
  addNext: () => void;
  openInspector: () => void;
  leave: () => void;
  remove: () => void;
  undo: () => void;
  redo: () => void;
  selectAll: () => void;
  duplicate: () => void;
  find: () => void;
  tidy: () => void;
  zoom: (by: 'in' | 'out' | 'fit' | 'actual') => void;
}

const arrows: Record<string, Direction> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };

/** Finds what a key asks for; undefined when it is not the canvas's. */
export const actOf = (event: KeyboardEvent, acts: KeyActs): (() => void) | undefined => {
  const direction = arrows[event.key];
  if (direction) return event.altKey ? () => acts.nudge(direction) : () => acts.walk(direction);
  if (event.ctrlKey || event.metaKey) {
    switch (event.key.toLowerCase()) {
      case 'z':
        return event.shiftKey ? acts.redo : acts.undo;
      case 'y':
        return acts.redo;
      case 'a':
        return acts.selectAll;
      case 'd':
        return acts.duplicate;
      case 'f':
        return acts.find;
      default:
        return undefined;
    }
  }
  if (event.altKey) return undefined;
  switch (event.key) {
    case 'n':
      return acts.addNext;
    case 'Enter':
      return acts.openInspector;
    case 'Escape':
      return acts.leave;
    case 'Delete':
    case 'Backspace':
      return acts.remove;
    case 't':
      return acts.tidy;
    case '+':
    case '=':
      return () => acts.zoom('in');
    case '-':
      return () => acts.zoom('out');
    case '0':
      return () => acts.zoom('actual');
    case '1':
      return () => acts.zoom('fit');
    default:
      return undefined;
  }
};
