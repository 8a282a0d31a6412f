import type { Json, Properties } from '@ripen/shared';
import type { Response } from './webhook.ts';

/** Of an answer that is no JSON so much is kept. */
const longestText = 2_000;

/** What is recorded of an answer: its status and, where there was one that can be read whole, its body. */
export const detailOf = ({ status, contentType, text, whole }: Response): Properties => {
  if (text === '') return { status, body: null };
  if (!/\bjson\b/i.test(contentType)) return { status, body: clean(text.slice(0, longestText)) };
  if (!whole) return { status, body: null, note: 'The answer was too long to be read.' };
  try {
    // What JSON.parse returns is JSON.
    const body = JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? clean(value) : value)) as Json;
    return { status, body };
  } catch {
    return { status, body: null, note: 'The answer says that it is JSON and is not.' };
  }
};

/** Text that a database takes. */
const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed();
