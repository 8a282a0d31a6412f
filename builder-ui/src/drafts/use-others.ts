import type { DefinitionCollection, PresenceAnswer } from '@ripen/shared';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../api/client.ts';

/** How often it says again that it is there, ms: well before the API forgets it. */
const beatMs = 25_000;
const nobody: PresenceAnswer['others'] = [];

/** The others who edit a definition, while this window does. They are told of this one until it closes. */
export const useOthers = (
  collection: DefinitionCollection,
  id: string,
  isEditing: boolean,
): PresenceAnswer['others'] => {
  const [window] = useState(() => crypto.randomUUID());
  const { data } = useQuery({
    queryKey: ['presence', 'detail', `${collection}/${id}`, window],
    queryFn: () => api.put<PresenceAnswer>('/api/presence', { collection, id, window }),
    enabled: isEditing,
    refetchInterval: beatMs,
    refetchIntervalInBackground: true,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  useEffect(() => {
    if (!isEditing) return;
    // Outlives the page.
    const leave = (): void =>
      void fetch(`/api/presence/${window}`, { method: 'DELETE', keepalive: true }).catch(() => undefined);
    globalThis.addEventListener('pagehide', leave);
    return () => {
      globalThis.removeEventListener('pagehide', leave);
      leave();
    };
  }, [window, isEditing]);
  return isEditing ? (data?.others ?? nobody) : nobody;
};
