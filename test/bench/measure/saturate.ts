/** Runs `work` for 0..count-1, `clients` at a time; returns how many a second. */
export const saturate = async (
  count: number,
  clients: number,
  work: (index: number) => Promise<unknown>,
): Promise<number> => {
  let next = 0;
  const from = performance.now();
  const client = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (count * 1000) / (performance.now() - from);
};
