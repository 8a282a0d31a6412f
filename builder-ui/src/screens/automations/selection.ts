/** What is chosen in a list, and where the last choice was made: what lies between it and the next can be chosen with one. */
export interface Selection {
  chosen: ReadonlySet<string>;
  anchor: string | null;
}

export const nothing: Selection = { chosen: new Set(), anchor: null };

export const toggled = ({ chosen }: Selection, id: string): Selection => {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return { chosen: next, anchor: id };
};

/** Chooses all from the anchor to an id, both with it; without an anchor, the one. `order`: as the list shows them. */
export const extended = (selection: Selection, order: readonly string[], id: string): Selection => {
  const [from, to] = [selection.anchor === null ? -1 : order.indexOf(selection.anchor), order.indexOf(id)];
  if (from < 0 || to < 0) return { chosen: new Set([...selection.chosen, id]), anchor: id };
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ...selection, chosen: new Set([...selection.chosen, ...between]) };
};

/** What of it is still shown: nobody acts on what they do not see. */
export const shownOf = ({ chosen }: Selection, order: readonly string[]): string[] =>
  order.filter((id) => chosen.has(id));
