const key = 'ripen.tab';

let name: string | null = null;

/**
 * This tab's name: the same after a reload. It is written down only while no page is there, so that a duplicate of the tab,
 * which begins with a copy of its storage, gets a name of its own.
 */
export const thisTab = (): string => {
  name ??= named(window);
  return name;
};

const named = ({ sessionStorage }: Window): string => {
  try {
    const given = sessionStorage.getItem(key) ?? Math.random().toString(36).slice(2);
    const forget = (): void => sessionStorage.removeItem(key);
    forget();
    window.addEventListener('pagehide', () => sessionStorage.setItem(key, given));
    window.addEventListener('pageshow', forget);
    return given;
  } catch {
    // Storage is forbidden: then there are no copies either.
    return '';
  }
};
