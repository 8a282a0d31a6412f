export interface Line {
  /** From 1. */
  number: number;
  text: string;
  /** The line was longer than allowed and is cut. */
  tooLong: boolean;
}

/** The longest line read: far above any event the server takes. */
export const maxLineLength = 2_000_000;

/**
 * Lines of a text that arrives in pieces. Only line feeds end lines (U+2028 is legal within JSON); a carriage return
 * before one is dropped. Empty lines are counted and left out. A line without end never fills the memory.
 */
export async function* linesOf(pieces: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Line> {
  let number = 0;
  let rest = '';
  let tooLong = false;
  for await (const piece of pieces) {
    let from = 0;
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', from)) {
      const text = rest + piece.slice(from, at);
      number++;
      if (text.length > 0 && text !== '\r')
        yield { number, text: trimmed(text), tooLong: tooLong || text.length > maxLineLength };
      rest = '';
      tooLong = false;
      from = at + 1;
    }
    rest += piece.slice(from);
    if (rest.length > maxLineLength) {
      rest = rest.slice(0, 200);
      tooLong = true;
    }
  }
  if (rest !== '' && rest !== '\r') yield { number: number + 1, text: trimmed(rest), tooLong };
}

const trimmed = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text).slice(0, maxLineLength);
