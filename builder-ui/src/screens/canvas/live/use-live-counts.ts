import type { AutomationCounts, CountsPeriod } from '@ripen/shared';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { automationCountsQuery } from '../../../api/automations.ts';
import type { CanvasActs, Counted } from '../../../canvas/canvas-context.ts';
import { runsOf } from './runs-of.ts';

const route = getRouteApi('/inside/automations/$id');

/** The periods as they are chosen. */
export const periods: readonly { value: CountsPeriod; label: string; words: string }[] = [
  { value: 'hour', label: '1 h', words: 'Last hour' },
  { value: 'day', label: '24 h', words: 'Last 24 hours' },
  { value: 'week', label: '7 d', words: 'Last 7 days' },
  { value: 'month', label: '30 d', words: 'Last 30 days' },
  { value: 'all', label: 'All', words: 'All time' },
];

/** What went through an automation, in the period and of the versions that the address says. Null until it is known. */
export const useLiveCounts = (id: string, version: number | null) => {
  const search = route.useSearch();
  const navigate = useNavigate();
  const period = periods.find(({ value }) => value === search.period)?.value ?? 'all';
  const all = search.of === 'all';
  const query = useQuery({
    ...automationCountsQuery(id, all ? null : version, period),
    enabled: version !== null,
    // Another period: what is shown stays until its numbers are there.
    placeholderData: keepPreviousData,
  });
  const change = useCallback(
    (part: { period?: string | undefined; of?: string | undefined }): void =>
      void navigate({ to: '.', search: (before) => ({ ...before, ...part }), replace: true }),
    [navigate],
  );
  const counts = query.data ?? null;
  return {
    counts,
    linkTo: useCountLinks(counts),
    period,
    all,
    choosePeriod: (next: CountsPeriod): void => change({ period: next === 'all' ? undefined : next }),
    chooseAll: (next: boolean): void => change({ of: next ? 'all' : undefined }),
  };
};
export type LiveCounts = ReturnType<typeof useLiveCounts>;

const useCountLinks = (counts: AutomationCounts | null): CanvasActs['linkTo'] => {
  const router = useRouter();
  const navigate = useNavigate();
  const { automation, version, since } = counts ?? {};
  return useMemo(() => {
    if (automation === undefined || version === undefined || since === undefined) return null;
    return (counted: Counted) => {
      const to = { to: '/runs', search: runsOf({ automation, version, since }, counted) } as const;
      return {
        href: router.buildLocation(to).href,
        onClick: (event) => {
          // Another tab is the browser's matter.
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
          event.preventDefault();
          event.stopPropagation();
          void navigate(to);
        },
      };
    };
  }, [router, navigate, automation, version, since]);
};
