import type { Trigger } from '@ripen/shared';
import {
  IconActivity,
  IconCalendarEvent,
  IconCalendarTime,
  IconChartLine,
  IconDoorEnter,
  IconDoorExit,
  IconForms,
  IconHandFinger,
  IconHeartHandshake,
  IconTag,
  IconTagOff,
  IconUserMinus,
  IconUserPlus,
  IconZzz,
  type Icon,
} from '@tabler/icons-react';
import { freshSchedule } from '../fields/fresh-schedule.ts';
import type { Names } from '../fields/names.ts';
import { usualModel } from './scoring.ts';

export type TriggerType = Trigger['type'];
type TriggerOf<Type extends TriggerType> = Extract<Trigger, { type: Type }>;

interface TriggerKind<Type extends TriggerType> {
  readonly title: string;
  readonly about: string;
  readonly search: string;
  readonly icon: Icon;
  fresh(names: Names): TriggerOf<Type>;
}

const firstStage = (names: Names): string => names.stages[0]?.id ?? '';

/** What can start an automation, in the order in which pickers offer it. */
export const triggerKinds: { readonly [Type in TriggerType]: TriggerKind<Type> } = {
  event: {
    title: 'Contact does something',
    about: 'Clicks, visits, downloads, fills out a form',
    search: 'event email e-mail click open page visit form webinar download action',
    icon: IconActivity,
    fresh: () => ({ type: 'event', event: '' }),
  },
  score_crosses: {
    title: 'Score reaches a value',
    about: 'Rises to it, or falls below it',
    search: 'points threshold crosses hot ripe mql',
    icon: IconChartLine,
    fresh: (names) => ({ type: 'score_crosses', model: usualModel(names), value: 50, direction: 'up' }),
  },
  stage_entered: {
    title: 'Enters a stage',
    about: 'By score, by hand or by an automation',
    search: 'lifecycle mql sql becomes qualifies moved',
    icon: IconDoorEnter,
    fresh: (names) => ({ type: 'stage_entered', stage: firstStage(names) }),
  },
  stage_left: {
    title: 'Leaves a stage',
    about: 'Up or down',
    search: 'lifecycle mql sql exits drops moved',
    icon: IconDoorExit,
    fresh: (names) => ({ type: 'stage_left', stage: firstStage(names) }),
  },
  field_changed: {
    title: 'Field changes',
    about: 'A field of the contact or its account gets another value',
    search: 'property attribute updated crm',
    icon: IconForms,
    fresh: () => ({ type: 'field_changed', field: '' }),
  },
  label_added: {
    title: 'Gets a label',
    about: 'From a list, a person or an automation',
    search: 'tag added list',
    icon: IconTag,
    fresh: () => ({ type: 'label_added', label: '' }),
  },
  label_removed: {
    title: 'Loses a label',
    about: 'Taken off by a person or an automation',
    search: 'tag removed list',
    icon: IconTagOff,
    fresh: () => ({ type: 'label_removed', label: '' }),
  },
  segment_entered: {
    title: 'Enters a segment',
    about: 'By what it does, what is known of it, or as time passes',
    search: 'list audience joins member filter',
    icon: IconUserPlus,
    fresh: (names) => ({ type: 'segment_entered', segment: names.segments[0]?.id ?? '' }),
  },
  segment_left: {
    title: 'Leaves a segment',
    about: 'When what says who is in it no longer holds',
    search: 'list audience exits member filter',
    icon: IconUserMinus,
    fresh: (names) => ({ type: 'segment_left', segment: names.segments[0]?.id ?? '' }),
  },
  inactive: {
    title: 'Goes quiet',
    about: 'Nothing done for so many days',
    search: 'inactive silent asleep re-engage win back decay',
    icon: IconZzz,
    fresh: () => ({ type: 'inactive', days: 30 }),
  },
  date: {
    title: 'Date comes',
    about: 'Days before, on or after a date of the contact, every year too',
    search: 'renewal birthday anniversary trial contract ends field calendar reminder',
    icon: IconCalendarEvent,
    fresh: () => ({ type: 'date', field: '', shiftDays: 0, yearly: false }),
  },
  schedule: {
    title: 'On a schedule',
    about: 'Every day, week or month, for everybody or a segment; and when you say “Run now”',
    search: 'time clock cron daily weekly monthly every recurring batch run now list',
    icon: IconCalendarTime,
    fresh: () => ({ type: 'schedule', when: { ...freshSchedule(), at: '09:00' } }),
  },
  lead: {
    title: 'Sales reports',
    about: 'Accepted, rejected, won or lost',
    search: 'lead outcome deal customer feedback accepted rejected',
    icon: IconHeartHandshake,
    fresh: () => ({ type: 'lead', outcome: 'accepted' }),
  },
  manual: {
    title: 'Started by hand',
    about: 'By a person, the API or another automation',
    search: 'manual enrol enroll start api',
    icon: IconHandFinger,
    fresh: () => ({ type: 'manual' }),
  },
};

export const triggerTypes = Object.keys(triggerKinds) as TriggerType[]; // The record's keys are exactly these.

/** A new trigger of a kind, valid where the workspace allows. */
export const freshTrigger = (type: TriggerType, names: Names): Trigger => triggerKinds[type].fresh(names);
