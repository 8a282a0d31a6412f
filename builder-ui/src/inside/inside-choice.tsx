import { Radio, Stack } from '@mantine/core';
import { count } from '../ui/words.ts';

export interface Choice<Act extends string> {
  value: Act;
  label: string;
  description: string;
}

/** What becomes of those who wait inside an automation. Shown only where somebody does. */
export function InsideChoice<Act extends string>(given: {
  waiting: number;
  choices: readonly Choice<Act>[];
  value: Act;
  onChange: (value: Act) => void;
}) {
  if (given.waiting === 0) return null;
  return (
    <Radio.Group
      label={`${count(given.waiting, 'contact waits', 'contacts wait')} inside`}
      value={given.value}
      onChange={(value) => {
        const chosen = given.choices.find((choice) => choice.value === value);
        if (chosen) given.onChange(chosen.value);
      }}
    >
      <Stack gap="xs" mt="xs">
        {given.choices.map(({ value, label, description }) => (
          <Radio key={value} value={value} label={label} description={description} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
