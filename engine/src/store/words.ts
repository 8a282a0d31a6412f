/** Words that can be searched for are kept by their letters and digits alone, so that writer and reader cut texts alike. */

const longestWord = 100;
const mostWords = 60;
/** Longer texts are no names: searching them is not worth the time. */
const longestText = 2_000;

/** The distinct words of some texts, lower-cased and without accents, in order. */
export const wordsOf = (...texts: readonly (string | null | undefined)[]): string[] => {
  const words = new Set<string>();
  for (const text of texts) {
    if (!text) continue;
    const plain = text
      .slice(0, longestText)
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase();
    for (const word of plain.split(/[^\p{L}\p{N}]+/u)) {
      if (word !== '') words.add(word.slice(0, longestWord));
      if (words.size === mostWords) return [...words];
    }
  }
  return [...words];
};

/** How a label is kept among words: no word begins so. */
export const labelWord = (label: string): string => `#${label.toLowerCase()}`;

const quoted = (word: string): string => `'${word.replace(/['\\]/g, '$&$&')}'`;

/** What somebody searches for: a word that begins some word, or a label that is there. */
export interface Wanted {
  word: string;
  /** Whether the word may go on. */
  begins: boolean;
}

/** What texts must have: every word of `q` begins some word of theirs, and every label is there. */
export const wantedOf = (q: string | undefined, labels: readonly string[]): Wanted[] => [
  ...wordsOf(q).map((word) => ({ word, begins: true })),
  ...labels.map((label) => ({ word: labelWord(label), begins: false })),
];

/** The same as a `tsquery`; null for nothing. */
export const searchQuery = (wanted: readonly Wanted[]): string | null =>
  wanted.length === 0 ? null : wanted.map(({ word, begins }) => `${quoted(word)}${begins ? ':*' : ''}`).join(' & ');
