import { useEffect, useRef, type RefObject } from 'react';

type Find = (within: HTMLElement) => HTMLElement | null | undefined;

/** Where the keyboard goes on once a change is drawn: the button that was pressed may be gone. */
export const useFocusAfter = (root: RefObject<HTMLElement | null>): ((find: Find) => void) => {
  const next = useRef<Find | null>(null);
  useEffect(() => {
    if (!next.current || !root.current) return;
    next.current(root.current)?.focus();
    next.current = null;
  });
  return (find) => {
    next.current = find;
  };
};

/** The first thing in it that can be said. */
export const firstInput = (within: Element | null | undefined): HTMLElement | null =>
  within?.querySelector<HTMLElement>('input:not([type="hidden"])') ?? null;
