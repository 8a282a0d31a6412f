import type { TimelineItem } from '@ripen/shared';
import { describe, expect, test } from 'vitest';
import { dayHeading, timelineDays } from './timeline-days.ts';

const event = (messageId: string, at: string): TimelineItem => ({
  kind: 'event',
  at,
  id: `event-${messageId}`,
  messageId,
  type: 'page',
  typeName: 'Page',
  occurredAt: at,
  backfilled: false,
  properties: {},
  fields: null,
  notes: [],
});
const points = (id: string, messageId: string | null, at: string): TimelineItem => ({
  kind: 'points',
  at,
  id,
  model: 'm',
  modelName: 'M',
  group: null,
  groupName: null,
  entry: 'points',
  points: 5,
  cause: 'rule:r',
  causeName: 'R',
  automation: null,
  node: null,
  messageId,
  runId: null,
  earnedAt: at,
  expiresAt: null,
  reason: null,
});

describe('a timeline by day', () => {
  test('points stand beside the event that earned them; others for themselves', () => {
    const days = timelineDays([
      points('decay', null, '2026-03-03T12:00:00.000Z'),
      points('p2', 'b', '2026-03-02T12:00:00.000Z'),
      points('p1', 'b', '2026-03-02T12:00:00.000Z'),
      event('b', '2026-03-02T12:00:00.000Z'),
      event('a', '2026-03-02T11:00:00.000Z'),
      points('elsewhere', 'on another page', '2026-03-02T10:00:00.000Z'),
    ]);
    expect(days.map(({ entries }) => entries.map(({ item, earned }) => [item.id, earned.map(({ id }) => id)]))).toEqual(
      [
        [['decay', []]],
        [
          ['event-b', ['p2', 'p1']],
          ['event-a', []],
          ['elsewhere', []],
        ],
      ],
    );
  });

  test('days have names', () => {
    const now = new Date(2026, 2, 3, 9).getTime();
    const day = (year: number, month: number, date: number): string =>
      dayHeading(new Date(year, month, date).getTime(), now);
    expect([day(2026, 2, 3), day(2026, 2, 2), day(2026, 1, 1), day(2025, 11, 24)]).toEqual([
      'Today',
      'Yesterday',
      'Sunday 1 February',
      '24 December 2025',
    ]);
  });
});
