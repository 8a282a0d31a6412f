/** Reads `${NAME}` and `${NAME:-fallback}` in a document's texts; returns the names that have no value. */
export const expandPlaces = (
  value: unknown,
  values: Record<string, string | undefined>,
): { value: unknown; missing: string[] } => {
  const missing = new Set<string>();
  const expand = (item: unknown): unknown => {
    if (typeof item === 'string') {
      return item.replace(
        /\$\{([A-Z][A-Z0-9_]*)(?::-([^}]*))?\}/g,
        (place, name: string, fallback: string | undefined) => {
          const known = values[name] ?? fallback;
          if (known === undefined) missing.add(name);
          return known ?? place;
        },
      );
    }
    if (Array.isArray(item)) return item.map(expand);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).map(([key, inner]) => [key, expand(inner)]));
  };
  return { value: expand(value), missing: [...missing] };
};
