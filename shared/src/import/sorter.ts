import { linesOf } from './lines.ts';

export interface Sortable {
  /** ms */
  at: number;
  /** One line, without line feeds. */
  text: string;
}

/** Where a sorter puts what memory does not hold: takes text in pieces, and gives it again in pieces from its beginning. */
export interface SpillStore {
  write(pieces: Iterable<string>): Promise<() => AsyncIterable<string>>;
}

interface Run {
  items: AsyncIterator<Sortable> | Iterator<Sortable>;
  head: Sortable;
}

/**
 * Sorts more than memory holds: pieces of `budget` characters are sorted and spilled, then merged. Stable: items of one
 * instant come out in the order in which they went in.
 */
export class ExternalSorter {
  readonly #store: SpillStore;
  readonly #budget: number;
  #spilled: (() => AsyncIterable<string>)[] = [];
  #items: Sortable[] = [];
  #size = 0;
  count = 0;

  constructor(store: SpillStore, budget: number) {
    this.#store = store;
    this.#budget = budget;
  }

  async add(item: Sortable): Promise<void> {
    this.#items.push(item);
    this.#size += item.text.length + 32;
    this.count++;
    if (this.#size >= this.#budget) await this.#spill();
  }

  /** All items in order, as often as it is asked for after the last `add`. */
  async *sorted(): AsyncGenerator<Sortable> {
    this.#items.sort(byMoment);
    const sources = [...this.#spilled.map(readSpilled), this.#items.values()];
    const runs: Run[] = [];
    for (const items of sources) {
      const first = await items.next();
      if (!first.done) runs.push({ items, head: first.value });
    }
    // Runs are few (input size / budget), so a scan for the least head is as quick as a heap. Ties go to the earlier run.
    for (let least = leastOf(runs); least; least = leastOf(runs)) {
      yield least.head;
      const next = await least.items.next();
      if (next.done) runs.splice(runs.indexOf(least), 1);
      else least.head = next.value;
    }
  }

  async #spill(): Promise<void> {
    this.#spilled.push(await this.#store.write(spillLines(this.#items.sort(byMoment))));
    this.#items = [];
    this.#size = 0;
  }
}

// Array.prototype.sort is stable.
const byMoment = (a: Sortable, b: Sortable): number => a.at - b.at;

const leastOf = (runs: readonly Run[]): Run | undefined => {
  let least = runs[0];
  for (const run of runs) if (least && run.head.at < least.head.at) least = run;
  return least;
};

/** So many characters are handed over at once: stores have a price per piece, not per line. */
const pieceLength = 65_536;

function* spillLines(items: readonly Sortable[]): Generator<string> {
  let piece = '';
  for (const item of items) {
    piece += `${item.at}\t${item.text}\n`;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

async function* readSpilled(open: () => AsyncIterable<string>): AsyncGenerator<Sortable> {
  for await (const line of linesOf(open())) {
    const tab = line.text.indexOf('\t');
    yield { at: Number(line.text.slice(0, tab)), text: line.text.slice(tab + 1) };
  }
}
