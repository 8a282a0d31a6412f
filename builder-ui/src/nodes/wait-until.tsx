import { Input, SegmentedControl, Stack } from '@mantine/core';
import { parseMoment } from '@ripen/shared';
import { IconCalendarTime } from '@tabler/icons-react';
import { TextInput } from '../fields/inputs.tsx';
import { FieldPicker } from '../fields/known-pickers.tsx';
import { pathWords } from '../fields/names.ts';
import { ShiftField } from '../fields/shift-field.tsx';
import { describeShift } from '../fields/words.ts';
import { exactTime } from '../ui/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';

/** As inputs of a browser write a moment, without a zone: it is meant in UTC, as dates without one are everywhere. */
export const shownInUtc = (at: string): string => {
  const moment = parseMoment(at);
  return moment === null ? '' : new Date(moment).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
};

function Panel({ settings, onChange, errors }: PanelProps<'wait_until'>) {
  const { to = { kind: 'field' as const, field: '', shiftDays: 0 } } = settings;
  const inside = errors.under('to');
  return (
    <Stack gap="md">
      <Input.Wrapper label="Until" labelElement="div">
        <SegmentedControl
          fullWidth
          aria-label="Until what"
          data={[
            { value: 'field', label: 'A date of the contact' },
            { value: 'date', label: 'A fixed date' },
          ]}
          value={to.kind}
          onChange={(kind) =>
            onChange({ to: kind === 'date' ? { kind, at: '' } : { kind: 'field', field: '', shiftDays: 0 } })
          }
        />
      </Input.Wrapper>
      {to.kind === 'date' ? (
        <TextInput
          label="Date and time (UTC)"
          description="Who comes later does not wait."
          type="datetime-local"
          value={shownInUtc(to.at)}
          onChange={({ currentTarget }) =>
            onChange({ to: { kind: 'date', at: currentTarget.value === '' ? '' : `${currentTarget.value}Z` } })
          }
          error={inside.at('at')}
        />
      ) : (
        <>
          <FieldPicker
            label="Date"
            description="When it changes, the wait does. Who has none goes on by “No date”."
            value={to.field}
            onChange={(field) => onChange({ to: { ...to, field } })}
            error={inside.at('field')}
          />
          <ShiftField
            label="When"
            value={to.shiftDays}
            onChange={(shiftDays) => onChange({ to: { ...to, shiftDays } })}
            error={inside.at('shiftDays')}
          />
        </>
      )}
    </Stack>
  );
}

export const waitUntil: NodeView<'wait_until'> = {
  type: 'wait_until',
  family: 'wait',
  icon: IconCalendarTime,
  about: 'Goes on at a date, or days before or after a date of the contact',
  search: 'day renewal birthday trial ends field until time calendar',
  fresh: () => ({ to: { kind: 'field', field: '', shiftDays: 0 } }),
  summary: ({ to }) => {
    if (to?.kind === 'date')
      return shownInUtc(to.at ?? '') ? `Until ${exactTime(parseMoment(to.at) ?? 0)}` : 'Choose a date';
    return to?.field ? `Until ${describeShift(to.shiftDays, pathWords(to.field))}` : 'Choose a date of the contact';
  },
  portLabel: ({ to }, port) => (port === 'no_date' ? 'No date' : to?.kind === 'field' ? 'Then' : ''),
  Panel,
};
