import { Menu } from '@mantine/core';
import { IconCalendarTime } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { DefinitionDetail } from '../../../api/definitions.ts';
import { isRecord } from '../../../document/read.ts';

const ScheduleDrawer = lazy(() => import('./schedule-drawer.tsx'));
const route = getRouteApi('/inside/automations/$id');

/** Whether the clock starts the published version. */
const isScheduled = ({ document }: DefinitionDetail): boolean => {
  const triggers: unknown = document?.['triggers'];
  return Array.isArray(triggers) && triggers.some((trigger) => isRecord(trigger) && trigger['type'] === 'schedule');
};

/** Opens the schedule of a published automation; nothing where no clock starts it. */
export function ScheduleItem({ detail }: { detail: DefinitionDetail }) {
  if (!isScheduled(detail)) return null;
  return (
    <Menu.Item
      renderRoot={(props: object) => (
        <Link
          {...props}
          to="/automations/$id"
          params={{ id: detail.id }}
          search={(before) => ({ ...before, schedule: 'open' })}
        />
      )}
      leftSection={<IconCalendarTime size={16} />}
    >
      Schedule and “Run now”
    </Menu.Item>
  );
}

/** The schedule, where the address asks for it. */
export function ScheduleInAddress({ detail }: { detail: DefinitionDetail }) {
  const { schedule } = route.useSearch();
  const navigate = useNavigate();
  if (schedule === undefined || !isScheduled(detail)) return null;
  return (
    <Suspense>
      <ScheduleDrawer
        id={detail.id}
        name={detail.name}
        onClose={() =>
          void navigate({
            to: '/automations/$id',
            params: { id: detail.id },
            search: (before) => ({ ...before, schedule: undefined }),
          })
        }
      />
    </Suspense>
  );
}
