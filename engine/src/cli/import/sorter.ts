import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { linesOf } from '../lines.ts';

export interface Sortable {
  /** ms */
  at: number;
  /** One line, without line feeds. */
  text: string;
}

interface Run {
  items: AsyncIterator<Sortable> | Iterator<Sortable>;
  head: Sortable;
}

/**
 * Sorts more than memory holds: pieces of `budget` characters are sorted and spilled to files, then merged. Stable:
 * items of one instant come out in the order in which they went in.
 */
export class ExternalSorter {
  readonly #parent: string;
  readonly #budget: number;
  #directory: string | null = null;
  #spilled: string[] = [];
  #items: Sortable[] = [];
  #size = 0;
  count = 0;

  constructor(parent: string, budget: number) {
    this.#parent = parent;
    this.#budget = budget;
  }

  async add(item: Sortable): Promise<void> {
    this.#items.push(item);
    this.#size += item.text.length + 32;
    this.count++;
    if (this.#size >= this.#budget) await this.#spill();
  }

  /** All items in order. Call it once, after the last `add`. */
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

  /** Removes what was spilled. */
  async dispose(): Promise<void> {
    this.#items = [];
    if (this.#directory) await rm(this.#directory, { recursive: true, force: true });
    this.#directory = null;
  }

  async #spill(): Promise<void> {
    this.#directory ??= await mkdtemp(join(this.#parent, 'ripen-sort-'));
    const path = join(this.#directory, `${this.#spilled.length}`);
    const items = this.#items.sort(byMoment);
    await pipeline(Readable.from(spillLines(items)), createWriteStream(path));
    this.#spilled.push(path);
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

function* spillLines(items: readonly Sortable[]): Generator<string> {
  for (const item of items) yield `${item.at}\t${item.text}\n`;
}

async function* readSpilled(path: string): AsyncGenerator<Sortable> {
  for await (const line of linesOf(createReadStream(path, 'utf8') as AsyncIterable<string>)) {
    const tab = line.text.indexOf('\t');
    yield { at: Number(line.text.slice(0, tab)), text: line.text.slice(tab + 1) };
  }
}
