/** Who else is at work here: "Ann and Ben are editing too". Null where nobody is. */
export const othersWords = (names: readonly string[]): string | null => {
  const [first, second, ...more] = names;
  if (first === undefined) return null;
  if (second === undefined) return `${first} is editing too`;
  return `${first} and ${more.length === 0 ? second : `${more.length + 1} others`} are editing too`;
};
