import { Chip, Group, Input, NumberInput, SegmentedControl } from '@mantine/core';
import { daysOfWeek, nextMoments, scheduleSchema, zoneNames, type Schedule, type Weekday } from '@ripen/shared';
import { useNow } from '../ui/relative-time.tsx';
import { clockTime } from '../ui/words.ts';
import type { FieldErrors } from './errors.ts';
import styles from './fields.module.css';
import { freshSchedule } from './fresh-schedule.ts';
import { Select, TextInput } from './inputs.tsx';

const byHand = { value: 'hand', label: 'By hand' };
const rhythms = [
  { value: 'day', label: 'Daily' },
  { value: 'week', label: 'Weekly' },
  { value: 'month', label: 'Monthly' },
];

const withRhythm = (every: string, { at, zone }: Schedule): Schedule | undefined => {
  switch (every) {
    case 'day':
      return { every, at, zone };
    case 'week':
      return { every, on: ['mon'], at, zone };
    case 'month':
      return { every, on: 1, at, zone };
    default:
      return undefined;
  }
};

/** When something runs by the clock of a place. Says when that would be next. */
export function ScheduleField(given: {
  when: Schedule;
  onChange: (when: Schedule) => void;
  errors: FieldErrors;
  /** How many of its next moments are said. */
  shown?: number;
}) {
  const { onChange, ...rest } = given;
  // Without that choice it is never taken away.
  return <Fields {...rest} choices={rhythms} onChange={(when) => when && onChange(when)} />;
}

/** The same for what may run by hand only. */
export function OptionalScheduleField(given: {
  when: Schedule | undefined;
  onChange: (when: Schedule | undefined) => void;
  errors: FieldErrors;
}) {
  return <Fields {...given} choices={[byHand, ...rhythms]} />;
}

function Fields(given: {
  when: Schedule | undefined;
  onChange: (when: Schedule | undefined) => void;
  errors: FieldErrors;
  choices: typeof rhythms;
  shown?: number;
}) {
  const { when, onChange, errors, choices, shown = 1 } = given;
  const now = useNow();
  return (
    <Input.Wrapper label="When it runs" labelElement="div" role="group" aria-label="When it runs">
      <SegmentedControl
        fullWidth
        mt={4}
        aria-label="How often"
        data={choices}
        value={when?.every ?? 'hand'}
        onChange={(every) => onChange(withRhythm(every, when ?? freshSchedule()))}
      />
      {when?.every === 'week' && (
        <Group gap={6} mt="sm" role="group" aria-label="Days of the week">
          {daysOfWeek.map(({ day, name }) => (
            <Chip
              key={day}
              size="xs"
              checked={when.on.includes(day)}
              onChange={(on) => onChange({ ...when, on: daysWith(when.on, day, on) })}
            >
              {name.slice(0, 3)}
            </Chip>
          ))}
        </Group>
      )}
      {errors.within('on') && <Input.Error mt={4}>{errors.within('on')}</Input.Error>}
      {when && (
        <div className={styles.clock}>
          {when.every === 'month' && (
            <NumberInput
              label="Day of the month"
              min={1}
              max={28}
              allowDecimal={false}
              clampBehavior="strict"
              value={when.on}
              onChange={(on) => onChange({ ...when, on: Number(on) })}
            />
          )}
          <TextInput
            label="At"
            type="time"
            value={when.at}
            error={errors.at('at')}
            onChange={(event) => onChange({ ...when, at: event.currentTarget.value })}
          />
          <Select
            label="Time zone"
            searchable
            limit={200}
            data={zoneNames}
            value={when.zone}
            allowDeselect={false}
            error={errors.at('zone')}
            onChange={(zone) => zone !== null && onChange({ ...when, zone })}
          />
        </div>
      )}
      <Input.Description mt={6} component="div">
        {nextWords(when, now, shown)}
      </Input.Description>
    </Input.Wrapper>
  );
}

const daysWith = (days: readonly Weekday[], day: Weekday, on: boolean): Weekday[] =>
  daysOfWeek.map((one) => one.day).filter((other) => (other === day ? on : days.includes(other)));

/** In the reader's own zone. */
const nextWords = (when: Schedule | undefined, now: number, shown: number): string => {
  if (!when) return 'Only when somebody says “Run now”.';
  const read = scheduleSchema.safeParse(when);
  if (!read.success) return 'Say on which days and at what time.';
  const next = nextMoments(read.data, now, shown).map(clockTime);
  return next.length === 0 ? '' : `Next on ${next.join('; ')}, as your clock shows it.`;
};
