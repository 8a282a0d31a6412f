import { zoneNames, type MaintenanceAction, type MaintenanceProgram, type Schedule } from '@ripen/shared';

/** The reader's own, where it is one that schedules know. */
const ownZone = (): string => {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return zoneNames.includes(timeZone) ? timeZone : 'UTC';
};

export const freshSchedule = (): Schedule => ({ every: 'day', at: '02:00', zone: ownZone() });

export const freshAction = (type: MaintenanceAction['type']): MaintenanceAction =>
  type === 'set_field' ? { type, field: '', to: { kind: 'score', model: '', part: 'all' } } : { type, label: '' };

/** The same with this model where none was chosen yet. */
export const withModel = (actions: readonly MaintenanceAction[], model: string | undefined): MaintenanceAction[] =>
  actions.map((action) =>
    model !== undefined && action.type === 'set_field' && action.to.kind === 'score' && action.to.model === ''
      ? { ...action, to: { ...action.to, model } }
      : action,
  );

/** A program as its editor begins: a field set to a score every night. */
export const freshProgram = (): MaintenanceProgram => ({
  ...{ kind: 'maintenance_program', id: '', name: '', enabled: true },
  actions: [freshAction('set_field')],
  when: freshSchedule(),
});
