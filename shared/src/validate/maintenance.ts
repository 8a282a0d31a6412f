import type { MaintenanceProgram } from '../model/maintenance.ts';
import { checkCondition } from './conditions.ts';
import type { Place } from './place.ts';

/** Checks a maintenance program: whom it is about, the models that it reads, and that no two of its actions undo each other. */
export const checkMaintenance = (place: Place, { who, actions }: MaintenanceProgram): void => {
  if (who) checkCondition(place, who, 'segment', 'who');
  const firsts = new Map<string, number>();
  for (const [index, action] of actions.entries()) {
    const path = `actions.${index}`;
    if (action.type === 'set_field' && action.to.kind === 'score') place.model(action.to.model, `${path}.to.model`);
    const what = action.type === 'set_field' ? `the field "${action.field}"` : `the label "${action.label}"`;
    const first = firsts.get(what);
    if (first === undefined) firsts.set(what, index);
    else
      place.error(
        'conflicting_actions',
        path,
        `Actions ${first + 1} and ${index + 1} both change ${what}; keep one of them.`,
      );
  }
};
