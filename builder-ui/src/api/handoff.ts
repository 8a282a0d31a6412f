import { queryOptions } from '@tanstack/react-query';
import type {
  Channel,
  DefinitionSummary,
  EventType,
  Field,
  MaintenanceProgram,
  Queue,
  definitionDetailSchema,
} from '@ripen/shared';
import type { z } from 'zod';
import { api } from './client.ts';

type Detail = z.infer<typeof definitionDetailSchema>;

/** Published documents of a kind that are in force. */
export const publishedOf = async <Document>(collection: string, signal: AbortSignal): Promise<Document[]> => {
  const { items } = await api.get<{ items: DefinitionSummary[] }>(`/api/${collection}`, undefined, signal);
  const live = items.filter(({ status }) => status === 'live');
  const details = await Promise.all(
    live.map(({ id }) => api.get<Detail>(`/api/${collection}/${id}`, undefined, signal)),
  );
  return details.map(({ document }) => document as Document); // Published, so it passed its schema.
};

export const queuesQuery = queryOptions({
  queryKey: ['definitions', 'list', 'queue documents'],
  queryFn: ({ signal }) => publishedOf<Queue>('queues', signal),
});

export const channelsQuery = queryOptions({
  queryKey: ['definitions', 'list', 'channel documents'],
  queryFn: ({ signal }) => publishedOf<Channel>('channels', signal),
});

/** Puts a document in force at once: what is small needs no draft. */
export const applyDocument = (document: Queue | Channel | Field | EventType | MaintenanceProgram): Promise<unknown> =>
  api.post('/api/apply', { documents: [document] });

/** An id made from a name, unlike those that are taken. */
export const idFromName = (name: string, taken: readonly string[]): string => {
  const base =
    name
      .normalize('NFD')
      .replaceAll(/\p{M}+/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 56) || 'unnamed';
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(id)) return id;
  }
};
