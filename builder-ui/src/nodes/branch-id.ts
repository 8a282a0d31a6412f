/** An id for a new branch: short, unused, and stable from then on, because edges carry it. */
export const newBranchId = (taken: readonly string[]): string => {
  for (let number = taken.length + 1; ; number++) {
    const id = `way-${number}`;
    if (!taken.includes(id)) return id;
  }
};
