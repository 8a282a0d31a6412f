import { useSyncExternalStore } from 'react';
import { ago, exactTime } from './words.ts';

const everyMs = 30_000;
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const listener of listeners) listener();
  }, everyMs);
  return () => {
    listeners.delete(tell);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** The present, ms; one clock for the whole page, twice a minute. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

/** How long ago (or in how long), with the exact time in the reader's zone on hover. */
export function RelativeTime({ at }: { at: string | number }) {
  const present = useNow();
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return (
    <time dateTime={new Date(ms).toISOString()} title={exactTime(ms)} style={{ whiteSpace: 'nowrap' }}>
      {ago(ms, present)}
    </time>
  );
}
