import { useEffect, type RefObject } from 'react';

/**
 * Keeps what one is at in view when a box that scrolls gets less room, as a form does when problems come below it: the field
 * that is typed in, or the button of a menu that is open, which would be hidden with it.
 */
export const useKeepInView = (box: RefObject<HTMLElement | null>): void =>
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const before = height;
      height = element.clientHeight;
      const at = element.querySelector('[aria-haspopup][aria-expanded="true"]') ?? element.querySelector(':focus');
      if (!at) return;
      // What was scrolled away on purpose stays away.
      const wasInView = at.getBoundingClientRect().bottom <= element.getBoundingClientRect().top + before;
      if (wasInView) at.scrollIntoView({ block: 'nearest' });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
