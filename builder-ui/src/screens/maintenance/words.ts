import { scheduleInWords, type MaintenanceAction, type MaintenanceProgram, type MaintenanceRun } from '@ripen/shared';
import { describeCondition, nameIn, type Names } from '../../fields/index.ts';
import { pathWords } from '../../fields/names.ts';
import { count, number } from '../../ui/words.ts';

const actionWords = (action: MaintenanceAction, names: Names): string => {
  switch (action.type) {
    case 'add_label':
      return `label “${action.label}”`;
    case 'remove_label':
      return `take off “${action.label}”`;
    case 'set_field': {
      const { field, to } = action;
      if (to.kind === 'value') return `set ${pathWords(field)} to ${JSON.stringify(to.value)}`;
      const part = to.part === 'behaviour' ? ' from behaviour' : '';
      return `set ${pathWords(field)} to the score of ${nameIn(names.models, to.model)}${part}`;
    }
  }
};

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** "Set Rating to the score of Intent, label “hot”. For everybody." */
export const programWords = ({ actions, who }: MaintenanceProgram, names: Names): string => {
  const what = actions.map((action) => actionWords(action, names)).join(', ');
  return `${capitalised(what)}. For ${who ? `those of whom this is true: ${describeCondition(who, names)}` : 'everybody'}.`;
};

/** When it runs: "Every day at 02:30, UTC", "By hand only". */
export const whenWords = ({ when, enabled }: MaintenanceProgram): string =>
  when ? `${capitalised(scheduleInWords(when))}${enabled ? '' : ' (switched off)'}` : 'By hand only';

/** What a run came to: "280 of 312 changed", and what else there is to know of it. */
export const runWords = (run: Pick<MaintenanceRun, 'status' | 'members' | 'changed' | 'held' | 'error'>): string => {
  const { members, changed, held, error } = run;
  if (error !== null) return error;
  const loading =
    held === 0 ? '' : `; ${count(held, 'contact')} left for the next run, because their history is being loaded`;
  if (members === 0) return `Nobody to change${loading}`;
  return changed === 0
    ? `All ${number(members)} were as they should be${loading}`
    : `${number(changed)} of ${count(members, 'contact')} changed${loading}`;
};
