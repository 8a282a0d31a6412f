/** So long the page may be kept waiting, ms: below what people notice. */
const longestMs = 16;
/** The clock is looked at once in so many calls. */
const calls = 32;

/** Called again and again by long work: lets the page answer whenever it has waited long enough. */
export const breather = (): (() => Promise<void> | undefined) => {
  let count = 0;
  let since = performance.now();
  return () => {
    if (++count % calls !== 0 || performance.now() - since < longestMs) return undefined;
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        since = performance.now();
        resolve();
      };
      // A message is a task of its own; timers are slowed down where the page is not seen.
      port2.postMessage(null);
    });
  };
};
