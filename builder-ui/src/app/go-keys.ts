import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Person } from '../api/session.ts';
import { placesFor } from './places.ts';

/** How long after `g` the second key counts, ms. */
const patienceMs = 1_200;

/** Whether keys belong to what is being typed. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Whether a key is a command: nothing is being typed and no dialog is open. */
export const isCommand = (event: KeyboardEvent): boolean =>
  !event.metaKey &&
  !event.ctrlKey &&
  !event.altKey &&
  !isTyping(event.target) &&
  !document.querySelector('[role="dialog"][aria-modal="true"]');

/** `g` and then a letter goes to a place; `?` shows all shortcuts. Not while something is typed or a dialog is open. */
export const useGoKeys = (person: Person, onShowKeys: () => void): void => {
  const navigate = useNavigate();
  useEffect(() => {
    let pressedAt = -Infinity;
    const onKey = (event: KeyboardEvent): void => {
      if (!isCommand(event)) return;
      if (event.key === '?') onShowKeys();
      const second = event.timeStamp - pressedAt < patienceMs;
      pressedAt = event.key === 'g' && !second ? event.timeStamp : -Infinity;
      if (!second) return;
      const place = placesFor(person).find(({ keys }) => keys[1] === event.key);
      if (!place) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void navigate({ to: place.path });
    };
    // Before the screens' own keys: `g a` must not accept a lead.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [navigate, person, onShowKeys]);
};
