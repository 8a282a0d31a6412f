import type { NodeTypeName } from '@ripen/shared';
import { addLabel } from './add-label.tsx';
import { addPoints } from './add-points.tsx';
import { condition } from './condition.tsx';
import { decayPercent } from './decay-percent.tsx';
import { end } from './end.tsx';
import { goTo } from './go-to.tsx';
import { goal } from './goal.tsx';
import { httpRequest } from './http-request.tsx';
import { moveStage } from './move-stage.tsx';
import type { NodeView } from './node-view.ts';
import { notify } from './notify.tsx';
import { penalty } from './penalty.tsx';
import { randomSplit } from './random-split.tsx';
import { removeLabel } from './remove-label.tsx';
import { resetScore } from './reset-score.tsx';
import { route } from './route.tsx';
import { setField } from './set-field.tsx';
import { setScore } from './set-score.tsx';
import { startAutomation } from './start-automation.tsx';
import { subtractPoints } from './subtract-points.tsx';
import { waitCondition } from './wait-condition.tsx';
import { waitEvent } from './wait-event.tsx';
import { waitHours } from './wait-hours.tsx';
import { waitTime } from './wait-time.tsx';
import { waitUntil } from './wait-until.tsx';

/** One view per node type, by name. A type that shared has and this has not does not compile. */
export const views: { readonly [Type in NodeTypeName]: NodeView<Type> } = {
  condition,
  random_split: randomSplit,
  add_points: addPoints,
  subtract_points: subtractPoints,
  penalty,
  set_score: setScore,
  reset_score: resetScore,
  decay_percent: decayPercent,
  move_stage: moveStage,
  set_field: setField,
  add_label: addLabel,
  remove_label: removeLabel,
  wait_time: waitTime,
  wait_until: waitUntil,
  wait_hours: waitHours,
  wait_event: waitEvent,
  wait_condition: waitCondition,
  goal,
  notify,
  route,
  http_request: httpRequest,
  go_to: goTo,
  start_automation: startAutomation,
  end,
};

/** A view whose type is known only when it runs. */
export type AnyView = NodeView<NodeTypeName>;

/** The view of a type; undefined for types of a newer version. */
export const viewOf = (type: string): AnyView | undefined =>
  // The settings given to a view come from a node of its own type.
  Object.hasOwn(views, type) ? (views[type as NodeTypeName] as unknown as AnyView) : undefined;
