/** So many rows in so long. */
export interface Stretch {
  rows: number;
  elapsedMs: number;
}

/** Measures how fast rows are carried out, stretch by stretch. */
export class Pace {
  #from = performance.now();
  #rows = 0;

  add(rows: number): void {
    this.#rows += rows;
  }

  get stretch(): Stretch {
    return { rows: this.#rows, elapsedMs: performance.now() - this.#from };
  }

  /** The stretch so far; another begins. */
  take(): Stretch {
    const { stretch } = this;
    this.#from = performance.now();
    this.#rows = 0;
    return stretch;
  }
}
