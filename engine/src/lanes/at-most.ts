/**
 * Does `work` for every item, at most so many at once, and starts the next as soon as any is done. Rejects with the first
 * failure; then none is started any more.
 */
export const eachAtMost = async <T>(
  items: Iterable<T> | AsyncIterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  // All workers draw from one iterator.
  const left = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let failed = false;
  const worker = async (): Promise<void> => {
    while (!failed) {
      const next = await left.next();
      if (next.done) return;
      await work(next.value);
    }
  };
  const watched = async (): Promise<void> => {
    try {
      await worker();
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, watched));
};
