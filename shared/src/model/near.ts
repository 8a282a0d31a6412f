const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** How many letters must be added, taken, changed or swapped with their neighbour; more than `most` is not counted. */
const distance = (a: string, b: string, most: number): number => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let twoAgo: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const now = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      const at = (line: readonly number[], index: number): number => line[index] ?? most + 1;
      let least = Math.min(at(before, column) + 1, at(now, column - 1) + 1, at(before, column - 1) + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        least = Math.min(least, at(twoAgo, column - 2) + 1);
      now.push(least);
    }
    if (Math.min(...now) > most) return most + 1;
    [twoAgo, before] = [before, now];
  }
  return before[b.length] ?? most + 1;
};

/** From 0, nothing alike, to 1, the same but for case, blanks and punctuation. */
const likeness = (a: string, b: string): number => {
  if (a === '' || b === '') return 0;
  const longer = Math.max(a.length, b.length);
  const most = Math.floor(longer / 2);
  const letters = 1 - distance(a, b, most) / longer;
  const shorter = Math.min(a.length, b.length);
  // "mql" and "mqlqueue": one says the other and more.
  const inside = shorter >= 3 && (a.includes(b) || b.includes(a)) ? 0.6 + 0.3 * (shorter / longer) : 0;
  return Math.max(letters, inside);
};

/** Longer names are no typing errors of each other. */
const longestCompared = 200;

/** Those whose id or name is most like a text, the likest first, at most `most`; those that are not alike are left out. */
export const near = <Item extends { id: string; name: string }>(
  text: string,
  items: readonly Item[],
  most = 3,
): Item[] => {
  const wanted = plain(text).slice(0, longestCompared);
  return items
    .map((item) => ({
      item,
      like: Math.max(...[item.id, item.name].map((own) => likeness(wanted, plain(own).slice(0, longestCompared)))),
    }))
    .filter(({ like }) => like >= 0.6)
    .sort((a, b) => b.like - a.like || (a.item.id < b.item.id ? -1 : 1))
    .slice(0, most)
    .map(({ item }) => item);
};
