/** CI repeats the same cases every time, so that it fails for what changed only. */
const usualSeed = 20_260_101;

/**
 * The seed of everything generated in this run. `RIPEN_SEED` repeats an earlier run; `RIPEN_SEED=random` looks for cases
 * that nobody saw yet.
 */
export const seed: number = (() => {
  const given = process.env['RIPEN_SEED'] ?? String(usualSeed);
  if (given === 'random') return Math.floor(Math.random() * 2 ** 31);
  if (!/^\d{1,10}$/.test(given)) throw new Error(`RIPEN_SEED is "${given}". Set it to a whole number or to "random".`);
  return Number(given);
})();

/** Says the seed; call it once per file. */
export const tellSeed = (): void => console.log(`Generated with RIPEN_SEED=${seed}.`);
