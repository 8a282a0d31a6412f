const telling = [
  'name',
  'title',
  'subject',
  'campaign',
  'path',
  'url',
  'form',
  'asset',
  'content',
  'product',
  'page',
  'feature',
];

/**
 * What tells an event from others of its type, in a few words: the first property that is likely to say it. A name that only
 * says the type again tells nothing.
 */
export const eventHint = (properties: unknown, type: string): string | null => {
  if (typeof properties !== 'object' || properties === null) return null;
  const given = new Map(Object.entries(properties).map(([key, value]) => [key.toLowerCase(), value as unknown]));
  for (const key of telling) {
    const value = given.get(key);
    if (typeof value !== 'string' || value.trim() === '' || asType(value) === type) continue;
    return value.length > 80 ? `${value.slice(0, 80)}…` : value;
  }
  return null;
};

const asType = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
