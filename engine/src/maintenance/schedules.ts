import {
  maintenanceScheduleId,
  scheduleInWords,
  taskQueues,
  workflowTypes,
  type MaintenanceProgram,
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

/** How Temporal is told of a program's schedule. `note` says what it says: where it is the same, nothing has to be told. */
const optionsOf = ({ id, name, enabled, when }: MaintenanceProgram & { when: Schedule }) => ({
  spec: { calendars: [calendarOf(when)], timezone: when.zone } satisfies ScheduleSpec,
  action: {
    type: 'startWorkflow' as const,
    workflowType: workflowTypes.maintenanceDue,
    workflowId: maintenanceScheduleId(id),
    taskQueue: taskQueues.jobs,
    args: [{ program: id }],
  },
  // Moments that were missed for less than a day come late; older ones are left out.
  policies: { overlap: 'SKIP' as const, catchupWindow: '1d' as const } satisfies ScheduleOptions['policies'],
  state: { paused: !enabled, note: `${name}: ${scheduleInWords(when)}` },
});

const bring = async (schedules: ScheduleClient, program: MaintenanceProgram & { when: Schedule }): Promise<void> => {
  const scheduleId = maintenanceScheduleId(program.id);
  const wanted = optionsOf(program);
  const handle = schedules.getHandle(scheduleId);
  try {
    const { state } = await handle.describe();
    if (state.paused !== wanted.state.paused || state.note !== wanted.state.note) await handle.update(() => wanted);
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    // Another worker may be doing the same; should what it knows be older, the next look makes it good.
    await schedules.create({ scheduleId, ...wanted }).catch((failure: unknown) => {
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

/** Schedules that Temporal has of programs that are gone, or run by hand only. */
const removeOthers = async (schedules: ScheduleClient, wanted: ReadonlySet<string>): Promise<void> => {
  for await (const { scheduleId } of schedules.list()) {
    if (!scheduleId.startsWith(maintenanceScheduleId('')) || wanted.has(scheduleId)) continue;
    await schedules
      .getHandle(scheduleId)
      .delete()
      .catch((error: unknown) => {
        if (!(error instanceof ScheduleNotFoundError)) throw error;
      });
  }
};

/**
 * Brings Temporal's schedules in step with the maintenance programs in force: made, changed, paused or removed. Doing it
 * twice, or in two processes, changes nothing; a Temporal that lost everything has them all after it. What Temporal refuses
 * is written down for people, and does not stand in the way of the others.
 */
export const syncSchedules = async ({
  store,
  schedules,
}: {
  store: Store;
  schedules: ScheduleClient;
}): Promise<void> => {
  const programs = (await liveDefinitions(store.pool, 'maintenance_program')).flatMap(({ document }) =>
    document.kind === 'maintenance_program' && document.when ? [{ ...document, when: document.when }] : [],
  );
  const problems: Record<string, string> = {};
  for (const program of programs) {
    try {
      await bring(schedules, program);
    } catch (error) {
      const refused = refusalIn(error);
      if (refused === null) throw error;
      problems[program.id] = refused;
      store.logger.warn({ program: program.id, refused }, 'the schedule of a maintenance program could not be made');
    }
  }
  await removeOthers(schedules, new Set(programs.map(({ id }) => maintenanceScheduleId(id))));
  await writeScheduleProblems(store.pool, problems);
};
