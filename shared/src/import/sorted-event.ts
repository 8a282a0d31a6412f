/** An event on its way through the sorter, with where it came from. */
export interface SortedEvent {
  /** Index of its file. */
  file: number;
  line: number;
  /** The message as it is sent. */
  json: string;
  /** The row it came from; empty when the message itself is the row. */
  original: string;
}

/** One line of text; the message inside needs no second reading. */
export const packed = (event: SortedEvent): string =>
  `${event.file} ${event.line} ${event.json.length} ${event.json}${event.original === '' ? '' : JSON.stringify(event.original)}`;

export const unpacked = (text: string): SortedEvent => {
  const first = text.indexOf(' ');
  const second = text.indexOf(' ', first + 1);
  const third = text.indexOf(' ', second + 1);
  const end = third + 1 + Number(text.slice(second + 1, third));
  const original = text.slice(end);
  return {
    file: Number(text.slice(0, first)),
    line: Number(text.slice(first + 1, second)),
    json: text.slice(third + 1, end),
    // Written by `packed`: JSON text of a string.
    original: original === '' ? '' : (JSON.parse(original) as string),
  };
};
