/** What was typed as a value: a number, yes or no where it looks like one, else the text. Half-typed numbers stay text. */
export const readTyped = (text: string): string | number | boolean => {
  if (text === 'true' || text === 'false') return text === 'true';
  // "1." and "007" must not become something else under the fingers.
  return text !== '' && String(Number(text)) === text && Number.isFinite(Number(text)) ? Number(text) : text;
};
