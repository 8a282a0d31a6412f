import { useEffect, type RefObject } from 'react';
import { isTyping } from '../../../app/go-keys.ts';

/** Arrow keys (and j, k) move between the links marked `data-row`; `/` goes to the search; Enter opens, as on any link. */
export const useRowKeys = (list: RefObject<HTMLElement | null>, search: RefObject<HTMLInputElement | null>): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      if (document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"]')) return;
      const inSearch = event.target === search.current;
      if (isTyping(event.target) && !inSearch) return;
      if (event.key === '/' && !inSearch) {
        event.preventDefault();
        search.current?.focus();
        search.current?.select();
        return;
      }
      const step = stepOf(event.key, inSearch);
      if (step === 0) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
      const at = rows.indexOf(document.activeElement as HTMLElement); // -1 for what is no row.
      if (at < 0 && step < 0) return;
      event.preventDefault();
      if (at + step < 0) search.current?.focus();
      else rows[Math.min(at + step, rows.length - 1)]?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [list, search]);
};

const stepOf = (key: string, inSearch: boolean): -1 | 0 | 1 => {
  if (key === 'ArrowDown' || (key === 'j' && !inSearch)) return 1;
  if ((key === 'ArrowUp' || key === 'k') && !inSearch) return -1;
  return 0;
};
