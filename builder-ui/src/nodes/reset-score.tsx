import { Stack } from '@mantine/core';
import { IconRotateClockwise } from '@tabler/icons-react';
import type { NodeView, PanelProps } from './node-view.ts';
import { Model } from './points-parts.tsx';
import { modelWords, usualModel } from './scoring.ts';

function Panel({ settings, onChange, errors }: PanelProps<'reset_score'>) {
  return (
    <Stack gap="md">
      <Model
        description="Everything that behaviour earned is worth nothing from then on, and what counts once may count again."
        value={settings.model}
        onChange={(model) => onChange({ ...settings, model })}
        errors={errors}
      />
    </Stack>
  );
}

export const resetScore: NodeView<'reset_score'> = {
  type: 'reset_score',
  family: 'points',
  icon: IconRotateClockwise,
  about: 'The count starts again; points for who somebody is stay',
  search: 'clear zero start over renew',
  fresh: (names) => ({ model: usualModel(names) }),
  summary: ({ model }, names) => `${modelWords(names, model)} starts again`,
  Panel,
};
