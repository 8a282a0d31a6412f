import { queryOptions } from '@tanstack/react-query';
import type { ContactDetail, TimelineItem } from '@ripen/shared';
import { api } from '../../../api/client.ts';
import type { KnownContact } from './trial.ts';

/** Longer histories are not lived through in a browser. */
const mostArrivals = 5_000;

/** A contact with all that ever arrived for them, the oldest first. */
export const knownContactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contacts', 'detail', id, 'arrivals'],
    queryFn: async ({ signal }): Promise<KnownContact> => {
      const path = `/api/contacts/${id}`;
      const { name } = await api.get<ContactDetail>(path, undefined, signal);
      const arrivals: unknown[] = [];
      let after: string | null = null;
      do {
        const page: { items: TimelineItem[]; next: string | null } = await api.get(
          `${path}/timeline`,
          { kinds: 'event', limit: 200, ...(after === null ? {} : { after }) },
          signal,
        );
        for (const item of page.items) {
          if (item.kind !== 'event') continue;
          const { messageId, type, properties, fields, occurredAt, at, backfilled } = item;
          const arrival = { messageId, type, properties, fields, occurredAt, arrivedAt: at, backfilled };
          arrivals.push({ kind: 'arrival', contact: id, ...arrival });
        }
        after = page.next;
        if (arrivals.length > mostArrivals)
          throw new Error(`More than ${mostArrivals} events arrived for ${name}: too many to live through here.`);
      } while (after !== null);
      return { id, name, arrivals: arrivals.reverse() };
    },
    staleTime: Infinity,
    gcTime: 300_000,
  });
