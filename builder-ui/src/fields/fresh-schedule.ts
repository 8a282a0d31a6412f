import { zoneNames, type Schedule } from '@ripen/shared';

/** The reader's own, where it is one that schedules know. */
const ownZone = (): string => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return zoneNames.includes(timeZone) ? timeZone : 'UTC';
};

/** Every night, by the reader's clock. */
export const freshSchedule = (): Schedule => ({ every: 'day', at: '02:00', zone: ownZone() });
