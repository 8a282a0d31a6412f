/** A table that rows are joined with, held in memory. */
export interface Lookup {
  file: string;
  columns: string[];
  rows: Map<string, string[]>;
}
