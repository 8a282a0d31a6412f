import { useEffect, useEffectEvent } from 'react';
import { isCommand } from './go-keys.ts';

/** Runs what belongs to a key on a screen. */
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
