/** Does `work` for every item, at most so many at once, and starts the next as soon as any is done. Rejects with the first failure. */
export const eachAtMost = async <T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  // All workers draw from one iterator.
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
};
