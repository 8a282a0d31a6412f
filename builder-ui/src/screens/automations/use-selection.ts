import { useCallback, useMemo, useState, type KeyboardEvent } from 'react';
import { extended, nothing, shownOf, toggled, type Selection } from './selection.ts';

export interface Choosing {
  /** Chosen and shown, in the order of the list. */
  chosen: readonly string[];
  has: (id: string) => boolean;
  /** `through`: all from the last choice to this one. */
  toggle: (id: string, through: boolean) => void;
  /** Only these from now on. */
  choose: (ids: readonly string[]) => void;
  clear: () => void;
  /** Keys of a row whose name has the focus. */
  onKey: (event: KeyboardEvent<HTMLElement>, id: string) => void;
}

const rowLinks = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-automation]')];

/** Puts the focus on the row so many further down; returns whose it is. */
const walk = (id: string, by: number): string | null => {
  const links = rowLinks();
  const next = links[links.findIndex((link) => link.dataset['automation'] === id) + by];
  next?.focus();
  return next?.dataset['automation'] ?? null;
};

/** Choosing several of a list: by mouse, with shift for all between, and by keys. */
export const useSelection = (order: readonly string[], onStar: (id: string) => void): Choosing => {
  const [selection, setSelection] = useState<Selection>(nothing);
  const chosen = useMemo(() => shownOf(selection, order), [selection, order]);
  const shown = useMemo(() => new Set(chosen), [chosen]);
  const toggle = useCallback(
    (id: string, through: boolean) =>
      setSelection((before) => (through ? extended(before, order, id) : toggled(before, id))),
    [order],
  );
  const choose = useCallback((ids: readonly string[]) => setSelection({ chosen: new Set(ids), anchor: null }), []);
  const clear = useCallback(() => setSelection(nothing), []);
  const onKey = (event: KeyboardEvent<HTMLElement>, id: string): void => {
    const { key, shiftKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (event.altKey) return;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const next = walk(id, key === 'ArrowDown' ? 1 : -1);
      if (shiftKey && next !== null) {
        if (!shown.has(id)) toggle(id, false);
        toggle(next, true);
      }
    } else if (key === 'x' && !command) toggle(id, false);
    else if (key === 'X' && !command) toggle(id, true);
    else if (key === 's' && !command) onStar(id);
    else if (key === 'a' && command) choose(order);
    else if (key === 'Escape' && chosen.length > 0) clear();
    else return;
    event.preventDefault();
  };
  return { chosen, has: (id) => shown.has(id), toggle, choose, clear, onKey };
};
