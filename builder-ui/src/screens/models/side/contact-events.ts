import { queryOptions } from '@tanstack/react-query';
import type { EventInput, FieldValue, Properties, TimelineItem } from '@ripen/shared';
import { api } from '../../../api/client.ts';

/** Pages of a contact's past that are asked for, at most. */
const mostPages = 10;
const pageSize = 200;

const inputOf = (item: Extract<TimelineItem, { kind: 'event' }>): EventInput => ({
  kind: 'event',
  messageId: item.messageId,
  type: item.type,
  properties: (item.properties ?? {}) as Properties, // The core wrote them.
  fields: item.fields as Record<string, FieldValue> | null, // As above.
  occurredAt: Date.parse(item.occurredAt),
  arrivedAt: Date.parse(item.at),
  backfilled: item.backfilled,
});

export interface ContactEvents {
  /** Oldest first. */
  events: EventInput[];
  /** There are older ones, which were left out. */
  cut: boolean;
}

/** What happened to a contact, as the core takes it. */
export const contactEventsQuery = (contact: string) =>
  queryOptions({
    queryKey: ['contacts', 'detail', contact, 'events for replay'],
    queryFn: async ({ signal }): Promise<ContactEvents> => {
      const found: EventInput[] = [];
      let after: string | null = null;
      for (let page = 0; page < mostPages; page++) {
        const answer: { items: TimelineItem[]; next: string | null } = await api.get(
          `/api/contacts/${contact}/timeline`,
          { kinds: 'event', limit: pageSize, after },
          signal,
        );
        for (const item of answer.items) if (item.kind === 'event') found.push(inputOf(item));
        after = answer.next;
        if (after === null) break;
      }
      return { events: found.reverse(), cut: after !== null };
    },
  });
