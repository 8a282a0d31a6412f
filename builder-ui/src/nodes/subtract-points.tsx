import { Stack } from '@mantine/core';
import { IconCircleMinus } from '@tabler/icons-react';
import { PointsField } from '../fields/points-field.tsx';
import { number, signed } from '../ui/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';
import { Counts, Floor, Model } from './points-parts.tsx';
import { countsWords, modelWords, usualModel } from './scoring.ts';

function Panel({ settings, onChange, errors }: PanelProps<'subtract_points'>) {
  return (
    <Stack gap="md">
      <PointsField
        label="Points"
        description="Taken off what behaviour earned; points for who somebody is stay."
        sign="minus"
        value={settings.points}
        onChange={(points) => onChange({ ...settings, points })}
        error={errors.at('points')}
      />
      <Model value={settings.model} onChange={(model) => onChange({ ...settings, model })} errors={errors} />
      <Floor value={settings.floor} onChange={(floor) => onChange({ ...settings, floor })} errors={errors} />
      <Counts value={settings.counts} onChange={(counts) => onChange({ ...settings, counts })} errors={errors} />
    </Stack>
  );
}

export const subtractPoints: NodeView<'subtract_points'> = {
  type: 'subtract_points',
  family: 'points',
  icon: IconCircleMinus,
  about: 'Interest fades, but not below a floor',
  search: 'score decrease lower minus reduce cool decay',
  fresh: (names) => ({ model: usualModel(names), points: 10, floor: 0, counts: { kind: 'every_time' } }),
  summary: ({ model, points, floor = 0, counts }, names) =>
    `${points === undefined ? '−…' : signed(-points)} from ${modelWords(names, model)}, not below ${number(floor)}, ${countsWords(counts)}`,
  Panel,
};
