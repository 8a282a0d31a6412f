import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SpillStore } from '@ripen/shared/import';

/** What a sorter spills, in files of a directory of its own below `parent`. */
export class SpillFiles implements SpillStore {
  readonly #parent: string;
  #directory: string | null = null;
  #count = 0;

  constructor(parent: string) {
    this.#parent = parent;
  }

  async write(pieces: Iterable<Uint8Array>): Promise<() => AsyncIterable<string>> {
    this.#directory ??= await mkdtemp(join(this.#parent, 'ripen-sort-'));
    const path = join(this.#directory, `${this.#count++}`);
    await pipeline(Readable.from(pieces), createWriteStream(path));
    return () => createReadStream(path, 'utf8') as AsyncIterable<string>; // With an encoding set it gives text.
  }

  /** Removes what was spilled. */
  async dispose(): Promise<void> {
    if (this.#directory) await rm(this.#directory, { recursive: true, force: true });
    this.#directory = null;
  }
}
