import { Chip, Group, Input, Stack } from '@mantine/core';
import { weekdays, zoneNames, type Weekday } from '@ripen/shared';
import { IconBriefcase } from '@tabler/icons-react';
import { Compound } from '../fields/compound.tsx';
import { Select, TextInput } from '../fields/inputs.tsx';
import { FieldPicker } from '../fields/known-pickers.tsx';
import { listWords } from '../fields/comparison-words.ts';
import { pathWords } from '../fields/names.ts';
import type { NodeView, PanelProps } from './node-view.ts';

const dayNames: Record<Weekday, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};
/** A week as people write it. */
const week: readonly Weekday[] = [...weekdays.slice(1), ...weekdays.slice(0, 1)];

/** "Mon to Fri", "Tue and Sat". */
export const daysOfWeek = (days: readonly Weekday[]): string => {
  const on = week.filter((day) => days.includes(day));
  const first = week.indexOf(on[0] ?? 'mon');
  const together = on.length > 2 && on.every((day, index) => week[first + index] === day);
  if (together) return `${dayNames[on[0] ?? 'mon']} to ${dayNames[on.at(-1) ?? 'fri']}`;
  return listWords(
    on.map((day) => dayNames[day]),
    'and',
  );
};

const hours = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' } satisfies {
  days: Weekday[];
  from: string;
  to: string;
};

function Panel({ settings, onChange, errors }: PanelProps<'wait_hours'>) {
  const { days = hours.days, from = hours.from, to = hours.to, zone = 'UTC', zoneField = 'timezone' } = settings;
  return (
    <Stack gap="md">
      <Input.Wrapper label="Days" labelElement="div" error={errors.within('days')}>
        <Chip.Group multiple value={days} onChange={(next) => onChange({ ...settings, days: next })}>
          <Group gap={6} mt={4}>
            {week.map((day) => (
              <Chip key={day} value={day} size="xs">
                {dayNames[day]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
      <Compound even label="Hours" error={errors.at('from') ?? errors.at('to')}>
        <TextInput
          aria-label="Opens at"
          type="time"
          value={from}
          onChange={({ currentTarget }) => onChange({ ...settings, from: currentTarget.value })}
        />
        <TextInput
          aria-label="Closes at"
          type="time"
          value={to}
          onChange={({ currentTarget }) => onChange({ ...settings, to: currentTarget.value })}
        />
      </Compound>
      <FieldPicker
        label="Time zone of the contact"
        description="A field that holds a name as in Europe/Berlin."
        value={zoneField}
        onChange={(next) => onChange({ ...settings, zoneField: next })}
        error={errors.at('zoneField')}
      />
      <Select
        label="Where it is not known"
        data={zoneNames}
        value={zone}
        searchable
        allowDeselect={false}
        limit={50}
        onChange={(next) => next !== null && onChange({ ...settings, zone: next })}
        error={errors.at('zone')}
      />
    </Stack>
  );
}

export const waitHours: NodeView<'wait_hours'> = {
  type: 'wait_hours',
  family: 'wait',
  icon: IconBriefcase,
  about: 'Goes on when it is open where the contact is',
  search: 'business office working time zone weekday morning weekend until',
  fresh: () => ({ ...hours, zoneField: 'timezone', zone: 'UTC' }),
  summary: ({ days = hours.days, from = hours.from, to = hours.to, zone = 'UTC', zoneField = 'timezone' }) =>
    days.length === 0
      ? 'Choose days'
      : `${daysOfWeek(days)}, ${from} to ${to}, by ${pathWords(zoneField).toLowerCase() || '…'} or ${zone}`,
  Panel,
};
