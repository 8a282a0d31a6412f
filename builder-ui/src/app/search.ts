/** Reads the named parameters of an address as text; others are dropped. */
export const textSearch =
  <const Name extends string>(...names: readonly Name[]) =>
  (given: Record<string, unknown>): Partial<Record<Name, string>> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = given[name];
        return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
      }),
    ) as Partial<Record<Name, string>>; // `fromEntries` forgets its keys.
