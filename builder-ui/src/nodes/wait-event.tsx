import { Stack } from '@mantine/core';
import { IconHandClick } from '@tabler/icons-react';
import { ConditionEditor } from '../fields/conditions/condition-editor.tsx';
import { DurationField } from '../fields/duration-field.tsx';
import { EventPicker } from '../fields/known-pickers.tsx';
import { describeCondition, describeDuration, eventWords } from '../fields/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';

function Panel({ settings, onChange, errors }: PanelProps<'wait_event'>) {
  return (
    <Stack gap="md">
      <EventPicker
        label="Event"
        description="The first one after the contact comes here. What happened before does not count."
        value={settings.event ?? ''}
        onChange={(event) => onChange({ ...settings, event })}
        error={errors.at('event')}
      />
      <ConditionEditor
        label="Only if"
        addLabel="Only some of those events"
        scope="event"
        event={settings.event || null}
        value={settings.where}
        onChange={(where) => {
          const { where: _, ...rest } = settings;
          onChange(where ? { ...settings, where } : rest);
        }}
        errors={errors.under('where')}
      />
      <DurationField
        label="At most"
        description="Then the contact goes on by “Timed out”."
        value={settings.timeout}
        onChange={(timeout) => onChange({ ...settings, timeout })}
        errors={errors.under('timeout')}
      />
    </Stack>
  );
}

export const waitEvent: NodeView<'wait_event'> = {
  type: 'wait_event',
  family: 'wait',
  icon: IconHandClick,
  about: 'One way if it happens, another if it does not',
  search: 'until goal timeout response reply does not within',
  fresh: () => ({ event: '', timeout: { amount: 7, unit: 'days' } }),
  summary: ({ event, where, timeout }, names) => {
    if (!event) return 'Choose an event';
    const filter = where ? ` if ${describeCondition(where, names, event)}` : '';
    return `“${eventWords(event, names)}”${filter}, at most ${describeDuration(timeout)}`;
  },
  portLabel: (_, port) => (port === 'happened' ? 'Happened' : port === 'timed_out' ? 'Timed out' : port),
  Panel,
};
