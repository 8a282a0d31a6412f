type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json => value !== null && typeof value === 'object';

/** Whether two documents say the same, whatever the order of their keys. What is undefined is not there. */
export const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (!isRecord(a) || !isRecord(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  if (Array.isArray(a) && (a as unknown[]).length !== Object.keys(b).length) return false;
  return [...keys].every((key) => same(a[key], b[key]));
};
