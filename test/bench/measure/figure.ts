/** One line of the table: something measured beside something else in the same run. */
export interface Figure {
  /** What is measured, in words. */
  figure: string;
  /** What ran beside it. */
  beside: string;
  unit: string;
  measured: number;
  besideMeasured: number;
  /** `measured / besideMeasured`. */
  ratio: number;
  /** Null for lines that only inform. */
  aim: { atLeast: number } | { atMost: number } | null;
  /** Null where there is no aim. */
  ok: boolean | null;
  /** Machine's one-minute load average when it was measured: other work on it blurs figures. */
  load: number;
  /** More numbers, for the JSON and the lines below the table. */
  details: Record<string, number | string>;
}

export interface FigureInput {
  figure: string;
  beside: string;
  unit: string;
  measured: number;
  besideMeasured: number;
  /** Where medians of pairs are better than the quotient of medians. */
  ratio?: number;
  aim?: Figure['aim'];
  details?: Figure['details'];
}

const reached = (ratio: number, aim: NonNullable<Figure['aim']>): boolean =>
  'atLeast' in aim ? ratio >= aim.atLeast : ratio <= aim.atMost;

/** Completes a figure: its ratio, and whether the aim is reached. */
export const figureOf = (input: FigureInput, load: number): Figure => {
  const { aim = null, details = {}, ratio = input.measured / input.besideMeasured, ...rest } = input;
  return { ...rest, ratio, aim, ok: aim === null ? null : reached(ratio, aim), load, details };
};
