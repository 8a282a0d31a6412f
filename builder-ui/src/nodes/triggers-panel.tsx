import type { Automation, Problem } from '@ripen/shared';
import type { Names } from '../fields/names.ts';
import { NamesContext } from '../fields/use-names.ts';
import { describeTrigger } from '../fields/words.ts';

/** What the form of the start changes. */
export type AutomationHead = Pick<
  Automation,
  'name' | 'description' | 'triggers' | 'reentry' | 'whileInside' | 'pagesOnBackfill'
>;

export interface TriggersPanelProps {
  automation: AutomationHead;
  /** Only what changed. */
  onChange: (change: Partial<AutomationHead>) => void;
  names: Names;
  /** Of the automation itself, not of its nodes. */
  problems: readonly Pick<Problem, 'severity' | 'message' | 'path'>[];
}

/** What starts an automation, and who may enter how often. */
export function TriggersPanel({ automation, names }: TriggersPanelProps) {
  return (
    <NamesContext value={names}>
      <ul>
        {automation.triggers.map((trigger, index) => (
          <li key={index}>{describeTrigger(trigger, names)}</li>
        ))}
      </ul>
    </NamesContext>
  );
}
