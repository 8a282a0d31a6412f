/** What would stand in a line of its own is longer than this. */
const fewest = 4;
/** Longer than this without a place to break, it is broken evenly, so that no letter is left over. */
const most = 24;

/** A text in pieces of about the same length. */
const evenly = (text: string): string[] => {
  const length = Math.ceil(text.length / Math.ceil(text.length / most));
  return Array.from({ length: Math.ceil(text.length / length) }, (_, at) => text.slice(at * length, (at + 1) * length));
};

/** A word in the parts between which a line may end. */
const partsOf = (word: string): string[] => {
  const parts: string[] = [];
  for (const part of word.split(/(?<=@)|(?=[./_?&=+][^\s\d])/)) {
    const before = parts.at(-1);
    if (before !== undefined && !before.endsWith('@') && Math.min(part.length, before.length) < fewest)
      parts[parts.length - 1] = before + part;
    else parts.push(part);
  }
  return parts.flatMap((part) => (part.length > most ? evenly(part) : [part]));
};

/**
 * Text in the parts between which a line may end: at its spaces, behind an @, before a dot inside a word, and before what
 * parts a web address or an id. No part is so short that it would stand alone, and a number keeps its point.
 */
export const breakable = (text: string): string[] => text.split(/(?<=\s)/).flatMap(partsOf);
