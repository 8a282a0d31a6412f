import { createContext, use, useEffect, useState, type FocusEvent, type ReactNode } from 'react';

/** Whether what is on the screen was to be saved or published as it is, so that what is missing is said everywhere. */
export const TriedContext = createContext(false);

/** Says whether the last try to publish was held up. */
export const TellTriedContext = createContext<(heldUp: boolean) => void>(() => undefined);

/** For what publishes, while it is open: `heldUp` when something is in the way. */
export const useTellTried = (heldUp: boolean): void => {
  const tell = use(TellTriedContext);
  useEffect(() => tell(heldUp), [tell, heldUp]);
};

/** Nothing stands there: what is wrong about it is only that nobody got to it. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Calls once what is being pressed is let go, at once if nothing is: a message that comes in between would move it away. */
const onceReleased = (work: () => void): void => {
  if (document.querySelector(':active') === null) return work();
  const events = ['pointerup', 'pointercancel'] as const;
  const released = (): void => {
    for (const event of events) window.removeEventListener(event, released);
    // The click comes right after.
    setTimeout(work);
  };
  for (const event of events) window.addEventListener(event, released);
};

/**
 * What a field says against what is in it: nothing while it came empty and nobody has left it yet. What was there when the
 * field came is judged at once.
 */
export const usePatience = (error: ReactNode, value: unknown) => {
  const tried = use(TriedContext);
  const [left, setLeft] = useState(!isBlank(value));
  return {
    error: left || tried ? error : undefined,
    onBlur: ({ currentTarget, target, relatedTarget }: FocusEvent<HTMLElement>): void => {
      // Another window came before this one, or the focus goes on inside.
      if (left || document.activeElement === target || currentTarget.contains(relatedTarget)) return;
      onceReleased(() => setLeft(true));
    },
  };
};
