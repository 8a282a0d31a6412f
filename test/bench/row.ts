import type { FigureInput } from './measure/figure.ts';
import type { Sizes } from './sizes.ts';
import type { Stack } from './stack/stack.ts';

/** What a row may use. */
export interface RowContext {
  readonly sizes: Sizes;
  readonly stack: Stack;
  /** The workspace uses everything. */
  readonly allOn: boolean;
  /** Tells what is going on, on standard error. */
  readonly report: (sentence: string) => void;
}

/** A part of the benchmark that can be run alone; it may yield several figures. */
export interface Row {
  readonly name: string;
  run(context: RowContext): Promise<FigureInput[]>;
}
