import type { Scripted } from '@ripen/shared';
import { eventWords } from '../../../fields/words.ts';
import type { Names } from '../../../fields/names.ts';

/** What is scripted, in a few words. */
export const scriptedWords = (one: Scripted, names: Names): string => {
  if (one.kind === 'fields') return 'Fields change';
  if (one.event === 'ripen.enrol') return 'Somebody starts this automation';
  if (one.event === 'ripen.scheduled') return 'Somebody says “Run now”';
  if (one.event.startsWith('ripen.lead_')) return `The lead is ${one.event.slice('ripen.lead_'.length)}`;
  return eventWords(one.event, names);
};

const two = (value: number): string => String(value).padStart(2, '0');

/** A moment as `datetime-local` inputs write it, in the reader's zone. */
export const localText = (at: number): string => {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** Minutes from the start to what was typed; null when it is no moment, or one before the start. */
export const minutesAt = (typed: string, from: number): number | null => {
  const at = new Date(typed).getTime();
  return Number.isNaN(at) ? null : Math.max(0, Math.round((at - from) / 60_000));
};
