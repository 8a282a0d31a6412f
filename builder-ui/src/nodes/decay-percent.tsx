import { Stack } from '@mantine/core';
import { IconTrendingDown } from '@tabler/icons-react';
import { NumberField } from '../fields/number-field.tsx';
import { number } from '../ui/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';
import { Floor, Model } from './points-parts.tsx';
import { modelWords, usualModel } from './scoring.ts';

function Panel({ settings, onChange, errors }: PanelProps<'decay_percent'>) {
  return (
    <Stack gap="md">
      <Model value={settings.model} onChange={(model) => onChange({ ...settings, model })} errors={errors} />
      <NumberField
        label="Percent"
        description="Of what behaviour earned; points for who somebody is stay."
        unit="%"
        unitWidth={36}
        step={5}
        min={0}
        value={settings.percent}
        onChange={(percent) => onChange({ ...settings, percent })}
        error={errors.at('percent')}
      />
      <Floor value={settings.floor} onChange={(floor) => onChange({ ...settings, floor })} errors={errors} />
    </Stack>
  );
}

export const decayPercent: NodeView<'decay_percent'> = {
  type: 'decay_percent',
  family: 'points',
  icon: IconTrendingDown,
  about: 'A share of what behaviour earned fades',
  search: 'percentage reduce fade cool halve',
  fresh: (names) => ({ model: usualModel(names), percent: 25, floor: 0 }),
  summary: ({ model, percent, floor = 0 }, names) =>
    `−${percent === undefined ? '…' : number(percent)}% of ${modelWords(names, model)}, not below ${number(floor)}`,
  Panel,
};
