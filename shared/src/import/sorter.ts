import { linesOf } from './lines.ts';

export interface Sortable {
  /** ms */
  at: number;
  /** One line, without line feeds. */
  text: string;
}

/** Where a sorter puts what memory does not hold: takes bytes of text in pieces, and gives it again as text from its beginning. */
export interface SpillStore {
  write(pieces: Iterable<Uint8Array<ArrayBuffer>>): Promise<() => AsyncIterable<string>>;
}

interface Run {
  items: AsyncIterator<Sortable> | Iterator<Sortable>;
  head: Sortable;
}

/**
 * Sorts more than memory holds: pieces of `budget` bytes are sorted and spilled, then merged. Stable: items of one instant
 * come out in the order in which they went in. What is not spilled yet lies in one stretch of bytes that is used again: as
 * texts by themselves it would take several times as much until the engine collects it.
 */
export class ExternalSorter {
  readonly #store: SpillStore;
  readonly #budget: number;
  #spilled: (() => AsyncIterable<string>)[] = [];
  #bytes = new Uint8Array(0);
  #used = 0;
  /** Of each item its moment, and where it begins. */
  #moments: number[] = [];
  #starts: number[] = [];
  count = 0;

  constructor(store: SpillStore, budget: number) {
    this.#store = store;
    this.#budget = budget;
  }

  async add({ at, text }: Sortable): Promise<void> {
    const most = text.length * mostBytesPerUnit;
    if (this.#used > 0 && this.#used + most > this.#budget) await this.#spill();
    this.#makeRoom(this.#used + most);
    this.#moments.push(at);
    this.#starts.push(this.#used);
    this.#used += utf8.encodeInto(text, this.#bytes.subarray(this.#used)).written;
    this.count++;
  }

  /** All items in order, as often as it is asked for after the last `add`. */
  async *sorted(): AsyncGenerator<Sortable> {
    const sources = [...this.#spilled.map(readSpilled), this.#held()];
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

  #makeRoom(size: number): void {
    if (size <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(size, Math.min(this.#budget, Math.max(firstRoom, this.#bytes.length * 2))));
    larger.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = larger;
  }

  /** What is in memory, by moment; of one moment what came first. */
  #order(): Uint32Array {
    const moments = this.#moments;
    return Uint32Array.from(moments.keys()).sort((a, b) => (moments[a] ?? 0) - (moments[b] ?? 0) || a - b);
  }

  #bytesOf(index: number): Uint8Array {
    return this.#bytes.subarray(this.#starts[index], this.#starts[index + 1] ?? this.#used);
  }

  *#held(): Generator<Sortable> {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    for (const index of this.#order())
      yield { at: this.#moments[index] ?? 0, text: decoder.decode(this.#bytesOf(index)) };
  }

  async #spill(): Promise<void> {
    this.#spilled.push(await this.#store.write(this.#lines()));
    this.#used = 0;
    this.#moments = [];
    this.#starts = [];
  }

  *#lines(): Generator<Uint8Array<ArrayBuffer>> {
    let piece = new Uint8Array(pieceSize);
    let used = 0;
    for (const index of this.#order()) {
      const moment = utf8.encode(`${this.#moments[index] ?? 0}\t`);
      const text = this.#bytesOf(index);
      const size = moment.length + text.length + 1;
      if (used > 0 && used + size > piece.length) {
        yield piece.subarray(0, used);
        // The one before may still be on its way.
        piece = new Uint8Array(Math.max(pieceSize, size));
        used = 0;
      } else if (size > piece.length) piece = new Uint8Array(size);
      piece.set(moment, used);
      piece.set(text, used + moment.length);
      piece[used + size - 1] = lineFeed;
      used += size;
    }
    if (used > 0) yield piece.subarray(0, used);
  }
}

const utf8 = new TextEncoder();
/** A unit of UTF-16 takes so many bytes of UTF-8 at most. */
const mostBytesPerUnit = 3;
const firstRoom = 1_000_000;
/** So many bytes are handed over at once: stores have a price per piece, not per line. */
const pieceSize = 65_536;
const lineFeed = 0x0a;

const leastOf = (runs: readonly Run[]): Run | undefined => {
  let least = runs[0];
  for (const run of runs) if (least && run.head.at < least.head.at) least = run;
  return least;
};

async function* readSpilled(open: () => AsyncIterable<string>): AsyncGenerator<Sortable> {
  for await (const line of linesOf(open())) {
    const tab = line.text.indexOf('\t');
    yield { at: Number(line.text.slice(0, tab)), text: line.text.slice(tab + 1) };
  }
}
