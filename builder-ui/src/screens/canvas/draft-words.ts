import { sentenceOf } from '../../api/client.ts';
import type { Saving } from '../../drafts/draft-state.ts';

const agoWords = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ago` : minutes < 1_440 ? `${Math.floor(minutes / 60)} h ago` : 'earlier';
};

/** What has become of the last change, as the bar says it; null when there is nothing to say. */
export const savingWords = (
  saving: Saving,
  now: number,
): { text: string; tone: 'plain' | 'bad'; detail: string | null } | null => {
  switch (saving.kind) {
    case 'saved':
      return saving.at === null
        ? null
        : { text: `Draft saved ${agoWords(now - Date.parse(saving.at))}`, tone: 'plain', detail: null };
    case 'pending':
    case 'saving':
      return { text: 'Saving…', tone: 'plain', detail: null };
    case 'waiting':
      return { text: 'Not saved: kept in this browser', tone: 'bad', detail: sentenceOf(saving.error) };
    case 'refused':
      return { text: 'Not saved', tone: 'bad', detail: sentenceOf(saving.error) };
    case 'conflict':
      return { text: 'Not saved: changed elsewhere', tone: 'bad', detail: null };
  }
};
