import type { Automation } from '../automation/graph.ts';
import type { Condition } from '../model/condition.ts';
import type { Definitions } from '../model/definitions.ts';
import { conditionsIn } from './segments.ts';
import { Place } from './place.ts';
import type { Problem } from './problem.ts';

/** Which happenings a graph can cause, as keys that triggers answer to. */
const causes = (graph: Automation, stages: readonly string[]): Set<string> => {
  const keys = new Set<string>();
  for (const node of graph.nodes) {
    switch (node.type) {
      case 'move_stage':
        keys.add(`stage_entered:${node.settings.stage}`);
        break;
      case 'set_field':
        keys.add(`field_changed:${node.settings.field}`);
        break;
      case 'add_label':
        keys.add(`label_added:${node.settings.label}`);
        break;
      case 'remove_label':
        keys.add(`label_removed:${node.settings.label}`);
        break;
      case 'start_automation':
        keys.add(`automation:${node.settings.automation}`);
        break;
      case 'add_points':
      case 'subtract_points':
      case 'penalty':
      case 'set_score':
      case 'reset_score':
      case 'decay_percent':
        keys.add(`score:${node.settings.model}`);
        for (const stage of stages) keys.add(`stage_entered:${stage}`);
        break;
      default:
    }
  }
  return keys;
};

const answersTo = (graph: Automation, { segments }: Definitions): string[] =>
  graph.triggers.flatMap((trigger) => {
    switch (trigger.type) {
      case 'stage_entered':
        return [`stage_entered:${trigger.stage}`];
      case 'field_changed':
        return [`field_changed:${trigger.field}`];
      case 'label_added':
        return [`label_added:${trigger.label}`];
      case 'label_removed':
        return [`label_removed:${trigger.label}`];
      case 'score_crosses':
        return [`score:${trigger.model}`];
      case 'segment_entered':
      case 'segment_left':
        return segments
          .filter(({ id }) => id === trigger.segment)
          .flatMap((segment) => conditionsIn(segment, segments).flatMap((condition) => flippedBy(condition)));
      case 'manual':
        return [`automation:${graph.id}`];
      default:
        return [];
    }
  });

/** What can change a condition's answer. */
const flippedBy = (condition: Condition): string[] => {
  switch (condition.kind) {
    case 'field':
      return [`field_changed:${condition.field}`];
    case 'label':
      return [`label_added:${condition.label}`, `label_removed:${condition.label}`];
    case 'score':
      return [`score:${condition.model}`];
    case 'stage':
      return condition.in.flatMap((stage) => (stage === null ? [] : [`stage_entered:${stage}`]));
    default:
      return [];
  }
};

/** Warns where automations can start each other in a circle; at run time the cascade limit cuts it. */
export const checkLoops = (definitions: Definitions, problems: Problem[]): void => {
  const live = definitions.automations.filter((version) => version.live).map((version) => version.graph);
  const stages =
    definitions.lifecycle?.stages.filter((stage) => stage.threshold !== undefined).map((stage) => stage.id) ?? [];
  const starts = new Map(
    live.map((graph) => {
      const caused = causes(graph, stages);
      return [
        graph.id,
        live.filter((other) => answersTo(other, definitions).some((key) => caused.has(key))).map((other) => other.id),
      ];
    }),
  );
  for (const { id } of live) {
    const seen = new Set<string>();
    const open = [...(starts.get(id) ?? [])];
    for (let next = open.pop(); next !== undefined && !seen.has(id); next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...(starts.get(next) ?? []));
    }
    if (seen.has(id)) {
      new Place(definitions, problems, { kind: 'automation', id }).warning(
        'trigger_loop',
        'triggers',
        'What this automation does can start it again. Runs that go in circles are cut off and fail.',
      );
    }
  }
};
