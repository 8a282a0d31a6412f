/** Event times leave as ISO 8601. */
export const iso = (ms: number): string => new Date(ms).toISOString();
export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));
export const isoDate = (date: Date): string => date.toISOString();
export const isoDateOrNull = (date: Date | null): string | null => (date === null ? null : date.toISOString());
