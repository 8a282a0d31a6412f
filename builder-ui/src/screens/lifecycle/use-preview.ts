import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Lifecycle, LifecyclePreview } from '@ripen/shared';
import { api } from '../../api/client.ts';

/** How many contacts the thresholds would put where, a moment after they were last moved. */
export const usePreview = (lifecycle: Lifecycle, enabled: boolean) => {
  const asked = JSON.stringify({
    model: lifecycle.model,
    stages: lifecycle.stages.map(({ id, threshold }) => ({
      id,
      ...(typeof threshold === 'number' && Number.isFinite(threshold) && { threshold }),
    })),
  });
  const [settled] = useDebouncedValue(asked, 200);
  const query = useQuery({
    queryKey: ['contacts+definitions', 'list', 'lifecycle preview', settled],
    queryFn: () => api.post<LifecyclePreview>('/api/lifecycle/preview', JSON.parse(settled)),
    placeholderData: keepPreviousData,
    enabled,
  });
  return { preview: query.data, error: query.error, settling: asked !== settled || query.isPlaceholderData };
};
