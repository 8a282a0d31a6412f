import { Group, MultiSelect, Select, TagsInput } from '@mantine/core';
import { dateFormats } from './date-formats.ts';
import { holdsDates, holdsNumbers, type Plan } from './plan.ts';

const mostIgnored = 20;

/** How cells are read: dates, numbers with commas, and what stands for nothing. */
export function ReadingOptions({ plan, onChange }: { plan: Plan; onChange: (part: Partial<Plan>) => void }) {
  const hasDates = plan.columns.some(holdsDates);
  const hasCommas = plan.columns.some((column) => holdsNumbers(column) && column.commas !== null);
  return (
    <Group gap="sm" mt="sm" align="flex-start">
      {hasDates && (
        <>
          <MultiSelect
            size="xs"
            w={250}
            label="Dates are written like"
            placeholder={plan.dateFormats.length === 0 ? 'Choose' : ''}
            value={plan.dateFormats}
            onChange={(formats) => onChange({ dateFormats: formats })}
            data={[...dateFormats]}
            error={plan.dateFormats.length === 0 ? 'Please choose.' : undefined}
          />
          <Select
            size="xs"
            w={170}
            label="Dates without a zone are in"
            value={plan.utcOffset}
            allowDeselect={false}
            onChange={(utcOffset) => onChange({ utcOffset: utcOffset ?? '+00:00' })}
            data={zones()}
          />
        </>
      )}
      {hasCommas && (
        <Select
          size="xs"
          w={170}
          label="Numbers are written like"
          placeholder="Choose"
          value={plan.decimal}
          allowDeselect={false}
          onChange={(decimal) => decimal !== null && onChange({ decimal })}
          error={plan.decimal === null ? 'Please choose.' : undefined}
          data={[
            { value: '.', label: '1,234.5' },
            { value: ',', label: '1.234,5' },
          ]}
        />
      )}
      <TagsInput
        size="xs"
        w={250}
        label="Cells that mean nothing"
        placeholder={plan.empty.length === 0 ? 'Select, N/A' : ''}
        value={plan.empty}
        maxTags={mostIgnored}
        onChange={(empty) => onChange({ empty })}
      />
    </Group>
  );
}

const zones = (): { value: string; label: string }[] => {
  const minutes = -new Date().getTimezoneOffset();
  const sign = minutes < 0 ? '-' : '+';
  const two = (value: number): string => String(Math.trunc(Math.abs(value))).padStart(2, '0');
  const here = `${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
  return [
    { value: '+00:00', label: 'UTC' },
    ...(here === '+00:00' ? [] : [{ value: here, label: `Here, now (${here})` }]),
  ];
};
