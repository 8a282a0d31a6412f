import {
  automationScheduleId,
  maintenanceScheduleId,
  scheduleInWords,
  scheduleKey,
  schedulesOf,
  taskQueues,
  workflowTypes,
  type Schedule,
} from '@ripen/shared';
import {
  ScheduleAlreadyRunning,
  isGrpcServiceError,
  ScheduleNotFoundError,
  ServiceError,
  type CalendarSpec,
  type ScheduleClient,
  type ScheduleOptions,
  type ScheduleSpec,
} from '@temporalio/client';
import { liveDefinitions } from '../store/definitions.ts';
import { writeScheduleProblems } from '../store/schedules.ts';
import type { Store } from '../store/store.ts';

/** As Temporal calls them. */
const dayNames = {
  sun: 'SUNDAY',
  mon: 'MONDAY',
  tue: 'TUESDAY',
  wed: 'WEDNESDAY',
  thu: 'THURSDAY',
  fri: 'FRIDAY',
  sat: 'SATURDAY',
} as const;

const calendarOf = (when: Schedule): CalendarSpec => {
  const [hour, minute] = when.at.split(':').map(Number);
  const on = { hour, minute };
  switch (when.every) {
    case 'day':
      return on;
    case 'week':
      return { ...on, dayOfWeek: when.on.map((day) => dayNames[day]) };
    case 'month':
      return { ...on, dayOfMonth: when.on };
  }
};

/** A schedule as it is wanted: when it starts which workflow with what. */
interface Wanted {
  id: string;
  name: string;
  when: Schedule;
  enabled: boolean;
  workflowType: string;
  args: unknown;
}

/** How Temporal is told of a schedule. `note` says what it says: where it is the same, nothing has to be told. */
const optionsOf = ({ id, name, enabled, when, workflowType, args }: Wanted) => ({
  spec: { calendars: [calendarOf(when)], timezone: when.zone } satisfies ScheduleSpec,
  action: {
    type: 'startWorkflow' as const,
    workflowType,
    workflowId: id,
    taskQueue: taskQueues.jobs,
    args: [args],
  },
  // Moments that were missed for less than a day come late; older ones are left out.
  policies: { overlap: 'SKIP' as const, catchupWindow: '1d' as const } satisfies ScheduleOptions['policies'],
  state: { paused: !enabled, note: `${name}: ${scheduleInWords(when)}` },
});

const bring = async (schedules: ScheduleClient, asked: Wanted): Promise<void> => {
  const wanted = optionsOf(asked);
  const handle = schedules.getHandle(asked.id);
  try {
    const { state } = await handle.describe();
    if (state.paused !== wanted.state.paused || state.note !== wanted.state.note) await handle.update(() => wanted);
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    // Another worker may be doing the same; should what it knows be older, the next look makes it good.
    await schedules.create({ scheduleId: asked.id, ...wanted }).catch((failure: unknown) => {
      if (!(failure instanceof ScheduleAlreadyRunning)) throw failure;
    });
  }
};

const invalidArgument = 3;

/** What Temporal says of a schedule that it will never take; null for what may go better the next time. */
const refusalIn = (error: unknown): string | null => {
  const cause: unknown = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) && Number(cause.code) === invalidArgument ? cause.details : null;
};

const ours = [maintenanceScheduleId(''), automationScheduleId('', '').slice(0, -1)];

/** Schedules that Temporal has of what is gone, or run by hand only. */
const removeOthers = async (schedules: ScheduleClient, wanted: ReadonlySet<string>): Promise<void> => {
  for await (const { scheduleId } of schedules.list()) {
    if (wanted.has(scheduleId) || !ours.some((prefix) => scheduleId.startsWith(prefix))) continue;
    await schedules
      .getHandle(scheduleId)
      .delete()
      .catch((error: unknown) => {
        if (!(error instanceof ScheduleNotFoundError)) throw error;
      });
  }
};

/** Automations that are not live, paused ones too, have none. */
const wantedSchedules = async ({ pool }: Store): Promise<Wanted[]> =>
  [...(await liveDefinitions(pool, 'maintenance_program')), ...(await liveDefinitions(pool, 'automation'))].flatMap(
    ({ document }): Wanted[] => {
      const { kind } = document;
      if (kind === 'maintenance_program' && document.when) {
        const { id, name, when, enabled } = document;
        const workflowType = workflowTypes.maintenanceDue;
        return [{ id: maintenanceScheduleId(id), name, when, enabled, workflowType, args: { program: id } }];
      }
      if (kind !== 'automation') return [];
      const clocks = new Map(schedulesOf(document).map(({ when }) => [scheduleKey(when), when]));
      return [...clocks].map(([clock, when]) => ({
        ...{ id: automationScheduleId(document.id, clock), name: document.name, when, enabled: true },
        workflowType: workflowTypes.enrolmentDue,
        args: { automation: document.id, clock },
      }));
    },
  );

/**
 * Brings Temporal's schedules in step with the maintenance programs and automations in force: made, changed, paused or removed.
 * Doing it twice, or in two processes, changes nothing; a Temporal that lost everything has them all after it. What Temporal
 * refuses is written down for people, and does not stand in the way of the others.
 */
export const syncSchedules = async ({
  store,
  schedules,
}: {
  store: Store;
  schedules: ScheduleClient;
}): Promise<void> => {
  const wanted = await wantedSchedules(store);
  const problems: Record<string, string> = {};
  for (const one of wanted) {
    try {
      await bring(schedules, one);
    } catch (error) {
      const refused = refusalIn(error);
      if (refused === null) throw error;
      problems[one.id] = refused;
      store.logger.warn({ schedule: one.id, refused }, 'a schedule could not be made');
    }
  }
  await removeOthers(schedules, new Set(wanted.map(({ id }) => id)));
  await writeScheduleProblems(store.pool, problems);
};
