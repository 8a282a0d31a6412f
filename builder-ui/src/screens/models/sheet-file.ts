import type { Read } from '../../drafts/index.ts';

/** What was in a file that somebody chose; else why there is nothing. */
export type FileRead<Sheet> = { model: Sheet } | { why: string };

/** Reads the text of a file: the sheet alone, or a list in which there is one of that kind. */
export const readSheetFile = <Sheet>(
  text: string,
  kind: 'model' | 'account_model',
  read: (raw: unknown) => Read<Sheet>,
): FileRead<Sheet> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { why: 'The file is not JSON.' };
  }
  const isOfKind = (document: unknown): boolean =>
    typeof document === 'object' && document !== null && 'kind' in document && document.kind === kind;
  const found = read((Array.isArray(json) ? json : [json]).find(isOfKind));
  return found.kind === 'document' ? { model: found.document } : { why: found.why };
};
