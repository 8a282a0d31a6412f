import { useEffect, useLayoutEffect } from 'react';

const scroller = (): HTMLElement | null => document.getElementById('main');
const storageKey = (key: string): string => `ripen scroll ${key}`;

/** Comes back to where a list was scrolled to, once its rows are there. `key` names the list and its filters. */
export const useKeptScroll = (key: string, ready: boolean): void => {
  useLayoutEffect(() => {
    if (!ready) return;
    const kept = Number(sessionStorage.getItem(storageKey(key)) ?? 0);
    const element = scroller();
    if (element) element.scrollTop = kept;
  }, [key, ready]);
  useEffect(() => {
    const element = scroller();
    if (!element || !ready) return undefined;
    const keep = (): void => sessionStorage.setItem(storageKey(key), String(element.scrollTop));
    element.addEventListener('scroll', keep, { passive: true });
    return () => element.removeEventListener('scroll', keep);
  }, [key, ready]);
};
