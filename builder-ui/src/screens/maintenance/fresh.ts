import type { MaintenanceAction, MaintenanceProgram } from '@ripen/shared';
import { freshSchedule } from '../../fields/fresh-schedule.ts';

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
