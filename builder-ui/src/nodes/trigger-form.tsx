import { Switch } from '@mantine/core';
import type { Trigger } from '@ripen/shared';
import { ConditionEditor } from '../fields/conditions/condition-editor.tsx';
import { DaysField } from '../fields/days-field.tsx';
import type { FieldErrors } from '../fields/errors.ts';
import { Select } from '../fields/inputs.tsx';
import { EventPicker, FieldPicker, LabelPicker } from '../fields/known-pickers.tsx';
import { NumberField } from '../fields/number-field.tsx';
import { ModelPicker, SegmentPicker, StagePicker } from '../fields/pickers.tsx';
import { ScheduleField } from '../fields/schedule-field.tsx';
import { ShiftField } from '../fields/shift-field.tsx';
import styles from './nodes.module.css';

interface Given {
  trigger: Trigger;
  onChange: (trigger: Trigger) => void;
  errors: FieldErrors;
}

/** What there is to say about one trigger. */
export function TriggerForm({ trigger, onChange, errors }: Given) {
  switch (trigger.type) {
    case 'event':
      return (
        <>
          <EventPicker
            label="Event"
            value={trigger.event}
            onChange={(event) => onChange({ ...trigger, event })}
            error={errors.at('event')}
          />
          <ConditionEditor
            label="Only if"
            addLabel="Only for some contacts or events"
            event={trigger.event || null}
            value={trigger.where}
            onChange={(where) => {
              const { where: _, ...rest } = trigger;
              onChange(where ? { ...trigger, where } : rest);
            }}
            errors={errors.under('where')}
          />
        </>
      );
    case 'field_changed':
      return (
        <FieldPicker
          label="Field"
          value={trigger.field}
          onChange={(field) => onChange({ ...trigger, field })}
          error={errors.at('field')}
        />
      );
    case 'score_crosses':
      return (
        <>
          <ModelPicker
            label="Score model"
            value={trigger.model}
            onChange={(model) => onChange({ ...trigger, model })}
            error={errors.at('model')}
          />
          <Select
            label="Direction"
            data={[
              { value: 'up', label: 'Rises to' },
              { value: 'down', label: 'Falls below' },
            ]}
            value={trigger.direction}
            allowDeselect={false}
            onChange={(direction) => onChange({ ...trigger, direction: direction === 'down' ? 'down' : 'up' })}
          />
          <NumberField
            label="Value"
            unit="points"
            unitWidth={56}
            value={trigger.value}
            // May be missing while it is typed; the schema says so.
            onChange={(value) => onChange({ ...trigger, value: value as number })}
            error={errors.at('value')}
          />
        </>
      );
    case 'stage_entered':
    case 'stage_left':
      return (
        <StagePicker
          label="Stage"
          value={trigger.stage}
          onChange={(stage) => onChange({ ...trigger, stage })}
          error={errors.at('stage')}
        />
      );
    case 'label_added':
    case 'label_removed':
      return (
        <LabelPicker
          label="Label"
          value={trigger.label}
          onChange={(label) => onChange({ ...trigger, label })}
          error={errors.at('label')}
        />
      );
    case 'segment_entered':
    case 'segment_left':
      return (
        <SegmentPicker
          label="Segment"
          value={trigger.segment}
          onChange={(segment) => onChange({ ...trigger, segment })}
          error={errors.at('segment')}
        />
      );
    case 'inactive':
      return (
        <DaysField
          label="Nothing done for"
          description="Starts once each time a contact goes quiet."
          value={trigger.days}
          onChange={(days) => onChange({ ...trigger, days: days as number })} // May be missing while it is typed.
          error={errors.at('days')}
        />
      );
    case 'date':
      return (
        <>
          <FieldPicker
            label="Date"
            description="A date that has passed when it becomes known starts nothing."
            value={trigger.field}
            onChange={(field) => onChange({ ...trigger, field })}
            error={errors.at('field')}
          />
          <ShiftField
            label="When"
            value={trigger.shiftDays}
            onChange={(shiftDays) => onChange({ ...trigger, shiftDays })}
            error={errors.at('shiftDays')}
          />
          <Switch
            label="Again every year"
            description="On the same day, as for birthdays and contracts."
            checked={trigger.yearly}
            onChange={({ currentTarget }) => onChange({ ...trigger, yearly: currentTarget.checked })}
          />
        </>
      );
    case 'schedule':
      return (
        <>
          <ScheduleField
            when={trigger.when}
            onChange={(when) => onChange({ ...trigger, when })}
            errors={errors.under('when')}
            shown={3}
          />
          <ConditionEditor
            label="For whom"
            description={
              trigger.who ? 'As they are at that moment.' : 'Everybody, unless you say whom: a segment, say.'
            }
            addLabel="Only for some contacts"
            scope="segment"
            value={trigger.who}
            onChange={(who) => {
              const { who: _, ...rest } = trigger;
              onChange(who ? { ...trigger, who } : rest);
            }}
            errors={errors.under('who')}
          />
        </>
      );
    case 'lead':
      return (
        <Select
          label="Sales reports that the lead is"
          data={['accepted', 'rejected', 'won', 'lost']}
          value={trigger.outcome}
          allowDeselect={false}
          onChange={(outcome) => outcome && onChange({ ...trigger, outcome })}
        />
      );
    case 'manual':
      return <p className={styles.help}>From a contact’s page, by the API, or by another automation.</p>;
  }
}
