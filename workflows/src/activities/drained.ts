/** What a drain found: how much it did, and when there is more to do without being poked (ms; null: nothing is due). */
export interface Drained {
  applied: number;
  nextDueAt: number | null;
}
