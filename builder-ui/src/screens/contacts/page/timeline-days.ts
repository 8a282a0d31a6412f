import type { TimelineItem } from '@ripen/shared';

export type PointsItem = Extract<TimelineItem, { kind: 'points' }>;

/** Something that happened, with the points that it earned beside it. */
export interface TimelineEntry {
  item: TimelineItem;
  earned: PointsItem[];
}

export interface TimelineDay {
  /** Its first moment in the reader's zone, ms. */
  at: number;
  entries: TimelineEntry[];
}

/** Items, newest first, by day in the reader's zone. Points stand beside the event that earned them where that is there. */
export const timelineDays = (items: readonly TimelineItem[]): TimelineDay[] => {
  const entries = new Map<string, TimelineEntry>();
  for (const item of items) if (item.kind === 'event') entries.set(item.messageId, { item, earned: [] });
  const days: TimelineDay[] = [];
  for (const item of items) {
    const event = item.kind === 'points' && item.messageId !== null ? entries.get(item.messageId) : undefined;
    if (event && item.kind === 'points') {
      event.earned.push(item);
      continue;
    }
    const at = startOfDay(Date.parse(item.at));
    let day = days.at(-1);
    if (day?.at !== at) days.push((day = { at, entries: [] }));
    day.entries.push((item.kind === 'event' ? entries.get(item.messageId) : undefined) ?? { item, earned: [] });
  }
  return days;
};

export interface EarnedByGroup {
  key: string;
  group: string;
  points: number;
  causes: string[];
}

/** What an event earned, added up by the model's groups. */
export const earnedByGroup = (earned: readonly PointsItem[]): EarnedByGroup[] => {
  const sums = new Map<string, EarnedByGroup>();
  for (const { model, modelName, group, groupName, points, causeName } of earned) {
    const key = `${model} ${group ?? ''}`;
    const sum = sums.get(key) ?? { key, group: groupName ?? modelName, points: 0, causes: [] };
    sums.set(key, { ...sum, points: sum.points + points, causes: [...sum.causes, causeName] });
  }
  return [...sums.values()];
};

const startOfDay = (ms: number): number => new Date(ms).setHours(0, 0, 0, 0);

const weekdays = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
const withYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** `Today`, `Yesterday`, `Tuesday 3 March`, `3 March 2025`. Both in ms. */
export const dayHeading = (at: number, now: number): string => {
  const today = startOfDay(now);
  if (at === today) return 'Today';
  // Noon of the day before: days are not all equally long.
  if (at === startOfDay(today - 43_200_000)) return 'Yesterday';
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? weekdays : withYear).format(at);
};
