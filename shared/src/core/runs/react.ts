import type { Properties } from '../../model/value.ts';
import type { CompiledCondition } from '../conditions/conditions.ts';
import type { CompiledAutomation, CompiledTrigger } from '../program.ts';
import { enrol, withProperties } from './runs.ts';
import { lookAtSegments } from '../conditions/segments.ts';
import { toPoints } from '../subject.ts';
import { lookAtWaits } from './waits.ts';
import type { Happening, Work } from '../work.ts';

/** Lets automations react to what happened, `first` and then first in, first out, until nothing is left. */
export const react = (work: Work, first: Happening | null = null): void => {
  const { queue } = work;
  let moved: boolean;
  lookAtWaits(work);
  if (first) reactTo(work, first);
  // What automations did may take the contact into segments and out of them, and end waits.
  do {
    for (let next = 0; next < queue.length; next++) reactTo(work, queue[next] as Happening); // within bounds
    if (queue.length > 0) queue.length = 0;
    const entered = lookAtSegments(work);
    moved = lookAtWaits(work) || entered;
  } while (moved);
};

const reactTo = (work: Work, happening: Happening): void => {
  const triggers = triggered(work, happening);
  if (triggers.length === 0) return;
  const properties = happening.kind === 'trigger' ? happening.properties : propertiesOf(happening);
  const entered: CompiledAutomation[] = [];
  for (const { automation, trigger, where } of triggers) {
    if (entered.includes(automation)) continue;
    if (where && !withProperties(work, properties, () => asked(work, automation, trigger, where))) continue;
    entered.push(automation);
    enrol(work, automation, keyOf(happening), properties);
  }
};

const none: readonly CompiledTrigger[] = [];

const triggered = (work: Work, happening: Happening): readonly CompiledTrigger[] => {
  switch (happening.kind) {
    case 'trigger':
      return work.program.triggers.get(happening.key) ?? none;
    case 'score':
      return (work.program.scoreTriggers.get(happening.model) ?? []).filter(({ level, up }) =>
        up ? happening.from < level && happening.to >= level : happening.from >= level && happening.to < level,
      );
    case 'inactive':
      return work.program.inactive
        .filter(({ afterMs }) => work.subject.lastActivityAt === happening.at - afterMs)
        .map(({ trigger }) => trigger);
  }
};

const propertiesOf = (happening: Exclude<Happening, { kind: 'trigger' }>): Properties =>
  happening.kind === 'score'
    ? { model: happening.model, from: toPoints(happening.from), to: toPoints(happening.to) }
    : {};

const keyOf = (happening: Happening): string => {
  switch (happening.kind) {
    case 'trigger':
      return happening.key;
    case 'score':
      return `score_crosses:${happening.model}`;
    case 'inactive':
      return 'inactive';
  }
};

const asked = (
  work: Work,
  automation: CompiledAutomation,
  trigger: CompiledTrigger['trigger'],
  where: CompiledCondition,
): boolean => {
  work.program.watch?.({ automation, run: null, trigger }, work);
  return where.holds(work);
};
