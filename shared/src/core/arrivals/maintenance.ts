import type { MaintenanceAction } from '../../model/maintenance.ts';
import type { FieldValue, Json, Properties } from '../../model/value.ts';
import { changeField, changeLabel, says } from './contact-changes.ts';
import { scoreAt } from '../scores/explain.ts';
import type { Program } from '../program.ts';
import { toPoints, type Subject } from '../subject.ts';
import type { Work } from '../work.ts';

/** The arrival by which a run of a maintenance program tells a contact what is done to it. */
export const maintainEvent = 'ripen.maintain';

/** What a contact is told: all of it, so that replays need no program. */
export const maintaining = (told: {
  program: string;
  run: string;
  actions: readonly MaintenanceAction[];
}): Properties => ({
  program: told.program,
  run: told.run,
  actions: told.actions.map((action): Json => ({ ...action })),
});

/** Only what this product wrote, from a document that passed its schema, gets here: ingest refuses the type. */
const actionsOf = ({ actions }: Properties): MaintenanceAction[] =>
  Array.isArray(actions) ? (actions as unknown as MaintenanceAction[]) : [];

/** Does what a program says, action by action: a later one sees what an earlier one did. */
export const maintain = (work: Work): void => {
  for (const action of actionsOf(work.properties)) {
    switch (action.type) {
      case 'set_field':
        setTo(work, action);
        break;
      case 'add_label':
        changeLabel(work, action.label, true);
        break;
      case 'remove_label':
        changeLabel(work, action.label, false);
        break;
    }
  }
};

/** A model that is not there any more is noted, so that rebuilds go on. */
const setTo = (work: Work, { field, to }: Extract<MaintenanceAction, { type: 'set_field' }>): void => {
  if (to.kind === 'value') {
    changeField(work, field, to.value);
    return;
  }
  if (work.program.model.has(to.model)) changeField(work, field, toPoints(work.score(to.model, to.part)));
  else work.note(`there is no score model "${to.model}" to set "${field}" to`);
};

/** Whether any of the actions would change a contact as it is at a moment: who is left as it was need not be told. */
export const wouldChange = (
  program: Program,
  subject: Subject,
  actions: readonly MaintenanceAction[],
  at: number,
): boolean =>
  actions.some((action) => {
    switch (action.type) {
      case 'set_field': {
        const value = valueOf(program, subject, action, at);
        return value !== undefined && !says(subject.fields, action.field, value);
      }
      case 'add_label':
        return !subject.labels.includes(action.label);
      case 'remove_label':
        return subject.labels.includes(action.label);
    }
  });

const valueOf = (
  program: Program,
  subject: Subject,
  { to }: Extract<MaintenanceAction, { type: 'set_field' }>,
  at: number,
): FieldValue | undefined => {
  if (to.kind === 'value') return to.value;
  if (!program.model.has(to.model)) return undefined;
  const { score, behaviour } = scoreAt(program, subject, to.model, Math.max(at, subject.clock));
  return to.part === 'all' ? score : behaviour;
};
