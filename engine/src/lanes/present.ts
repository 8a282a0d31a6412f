/** The present during a drain: real time goes on from `now`, but only where drains linger in real time at all. */
export const presentOf = ({ now, lingerMs }: { now: number; lingerMs?: number }): (() => number) => {
  if (!lingerMs) return () => now;
  const started = performance.now();
  return () => now + Math.floor(performance.now() - started);
};
