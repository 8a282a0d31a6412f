import type { Lifecycle, Stage } from '@ripen/shared';
import { same, type Change } from '../../drafts/index.ts';
import { daysWords, describeCondition, nameIn, type Names } from '../../fields/index.ts';
import { number } from '../../ui/words.ts';

/** What publishing a draft would change, in words. Without a version in force everything is new. */
export const differences = (before: Lifecycle | null, after: Lifecycle, names: Names): Change[] => {
  const old = before?.stages ?? [];
  return [
    ...(before?.model === after.model
      ? []
      : [
          {
            act: before ? 'changed' : 'added',
            what: `Driven by “${nameIn(names.models, after.model)}”`,
          } satisfies Change,
        ]),
    ...after.stages.flatMap((stage): Change[] => {
      const was = old.find(({ id }) => id === stage.id);
      if (!was) return [{ act: 'added', what: `Stage “${stage.name}”, ${reached(stage)}` }];
      const said = stageSaid(was, stage, names);
      return said.length === 0 ? [] : [{ act: 'changed', what: `Stage “${was.name}”: ${said.join(', ')}` }];
    }),
    ...old
      .filter(({ id }) => !after.stages.some((stage) => stage.id === id))
      .map(({ name }): Change => ({ act: 'removed', what: `Stage “${name}”` })),
    ...orderChange(old, after.stages),
  ];
};

const reached = ({ threshold }: Stage): string =>
  threshold === undefined ? 'entered by people and automations only' : `from ${number(threshold)}`;

const stageSaid = (was: Stage, stage: Stage, names: Names): string[] => {
  const said: string[] = [];
  if (was.name !== stage.name) said.push(`is called “${stage.name}”`);
  if (was.threshold !== stage.threshold)
    said.push(
      was.threshold === undefined || stage.threshold === undefined
        ? reached(stage)
        : `from ${number(stage.threshold)} instead of ${number(was.threshold)}`,
    );
  if (was.margin !== stage.margin) said.push(`is lost ${number(stage.margin)} points below it`);
  if (was.minimumStayDays !== stage.minimumStayDays)
    said.push(
      stage.minimumStayDays === undefined ? 'no minimum stay' : `kept for ${daysWords(stage.minimumStayDays)} at least`,
    );
  if (was.terminal !== stage.terminal)
    said.push(stage.terminal ? 'scores never move a contact out' : 'scores move contacts out again');
  if (!same(was.when, stage.when))
    said.push(stage.when ? `only if ${describeCondition(stage.when, names)}` : 'without an extra condition');
  return said;
};

const orderChange = (before: readonly Stage[], after: readonly Stage[]): Change[] => {
  const kept = after.map(({ id }) => id).filter((id) => before.some((stage) => stage.id === id));
  const was = before.map(({ id }) => id).filter((id) => kept.includes(id));
  return same(kept, was) ? [] : [{ act: 'changed', what: `Order: ${after.map(({ name }) => name).join(', ')}` }];
};
