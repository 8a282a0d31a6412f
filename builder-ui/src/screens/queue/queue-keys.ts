import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '../../app/go-keys.ts';

/** Whether a key is a command of the screen: nothing is being typed and no dialog is open. */
export const isCommand = (event: KeyboardEvent): boolean =>
  !event.metaKey &&
  !event.ctrlKey &&
  !event.altKey &&
  !isTyping(event.target) &&
  !document.querySelector('[role="dialog"][aria-modal="true"]');

/** Runs what belongs to a key. */
export const useCommands = (commands: Readonly<Record<string, (() => void) | undefined>>): void => {
  const run = useEffectEvent((event: KeyboardEvent) => {
    const command = isCommand(event) ? commands[event.key] : undefined;
    if (!command) return;
    event.preventDefault();
    command();
  });
  useEffect(() => {
    window.addEventListener('keydown', run);
    return () => window.removeEventListener('keydown', run);
  }, []);
};

/** `j` and `k` go down and up. */
export const useQueueKeys = (step: (by: number) => void): void => {
  useCommands({ j: () => step(1), k: () => step(-1) });
};
