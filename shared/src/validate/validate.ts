import type { Definition, Definitions } from '../model/definitions.ts';
import { checkAccountModel } from './account-model.ts';
import { checkAutomation } from './automation.ts';
import { checkLoops } from './loops.ts';
import { checkMaintenance } from './maintenance.ts';
import { checkLifecycle, checkModel } from './model.ts';
import { checkFields } from './fields.ts';
import { checkSegment } from './segments.ts';
import { Place } from './place.ts';
import type { Problem } from './problem.ts';

/** Everything wrong or doubtful in a set of definitions; documents have passed their schemas. Errors prevent publishing. */
export const validate = (definitions: Definitions): Problem[] => {
  const problems: Problem[] = [];
  const place = (kind: Definition['kind'], id: string): Place => new Place(definitions, problems, { kind, id });
  const { models, lifecycle, automations, queues, channels, eventTypes, fields, segments } = definitions;
  const { maintenance, accountModels } = definitions;
  for (const model of models) checkModel(place('model', model.id), model, lifecycle);
  if (lifecycle) checkLifecycle(place('lifecycle', 'lifecycle'), lifecycle);
  for (const segment of segments) checkSegment(place('segment', segment.id), segment, segments);
  for (const model of accountModels) checkAccountModel(place('account_model', model.id), model);
  for (const { live, graph } of automations) if (live) checkAutomation(place('automation', graph.id), graph);
  for (const program of maintenance) checkMaintenance(place('maintenance_program', program.id), program);
  for (const queue of queues) {
    const ids = queue.reps.map((rep) => rep.id);
    if (new Set(ids).size !== ids.length)
      place('queue', queue.id).error('duplicate_id', 'reps', 'Two reps share an id.');
  }
  const named: [Definition['kind'], { id: string }[]][] = [
    ['model', models],
    ['queue', queues],
    ['channel', channels],
    ['event_type', eventTypes],
    ['field', fields],
    ['segment', segments],
    ['maintenance_program', maintenance],
    ['account_model', accountModels],
    ['automation', automations.filter((version) => version.live).map((version) => version.graph)],
  ];
  for (const [kind, documents] of named) {
    const ids = documents.map((document) => document.id);
    for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index)))
      place(kind, id).error('duplicate_id', 'id', `Two documents of kind ${kind} are called "${id}".`);
  }
  checkFields(definitions, place);
  checkLoops(definitions, problems);
  return problems;
};

export const hasErrors = (problems: readonly Problem[]): boolean =>
  problems.some((problem) => problem.severity === 'error');
