/** Adds to a list, or begins it: an empty list that is pushed to makes room for sixteen more, and most get one item. */
export const added = <T>(list: T[] | undefined, item: T): T[] => {
  if (!list || list.length === 0) return [item];
  list.push(item);
  return list;
};
