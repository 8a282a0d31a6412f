import { refusalHeader, refusalLine, RefusalsToKeep, type Refusal } from '@ripen/shared/import';

/** Text is handed to the browser in pieces of about so many characters. */
const pieceLength = 1_000_000;
const mostShown = 5;

/** What was not taken, with the reasons: the first few to look at, all of it as a file. */
export class RefusalList {
  #blobs: Blob[] = [];
  #text = refusalHeader;
  readonly first: Refusal[] = [];
  /** What the server is to be told of them. */
  readonly toKeep = new RefusalsToKeep();
  count = 0;

  add(refusal: Refusal): void {
    this.count++;
    this.toKeep.add(refusal);
    if (this.first.length < mostShown) this.first.push(refusal);
    this.#text += refusalLine(refusal);
    if (this.#text.length < pieceLength) return;
    this.#blobs.push(new Blob([this.#text]));
    this.#text = '';
  }

  /** The error file as the command writes it. */
  file(): Blob {
    return new Blob([...this.#blobs, this.#text], { type: 'text/csv' });
  }
}
