/** The seed of everything generated in this run: `RIPEN_SEED` repeats an earlier run. Printed, so that a failure can be. */
export const seed: number = (() => {
  const given = process.env['RIPEN_SEED'];
  if (given !== undefined && !/^\d{1,10}$/.test(given))
    throw new Error(`RIPEN_SEED is "${given}". Set it to a whole number.`);
  return given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
})();

/** Says the seed; call it once per file. */
export const tellSeed = (): void => console.log(`Generated with RIPEN_SEED=${seed}.`);
