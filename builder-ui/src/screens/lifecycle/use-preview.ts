import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { conditionSchema, type Lifecycle, type LifecyclePreview } from '@ripen/shared';
import { api } from '../../api/client.ts';

/** How many contacts the stages would have, a moment after something was last changed. Conditions count once they are finished. */
export const usePreview = (lifecycle: Lifecycle, enabled: boolean) => {
  const asked = JSON.stringify({
    model: lifecycle.model,
    stages: lifecycle.stages.map(({ id, threshold, when, terminal }) => ({
      id,
      terminal,
      ...(typeof threshold === 'number' && Number.isFinite(threshold) && { threshold }),
      ...(when !== undefined && conditionSchema.safeParse(when).success && { when }),
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
