import { Stack } from '@mantine/core';
import { IconEqual } from '@tabler/icons-react';
import { NumberField } from '../fields/number-field.tsx';
import { number } from '../ui/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';
import { Model } from './points-parts.tsx';
import { modelWords, usualModel } from './scoring.ts';

function Panel({ settings, onChange, errors }: PanelProps<'set_score'>) {
  return (
    <Stack gap="md">
      <Model value={settings.model} onChange={(model) => onChange({ ...settings, model })} errors={errors} />
      <NumberField
        label="The score becomes"
        description="An adjustment that stays: what is earned or lost later counts on top of it."
        value={settings.score}
        onChange={(score) => onChange({ ...settings, score })}
        error={errors.at('score')}
      />
    </Stack>
  );
}

export const setScore: NodeView<'set_score'> = {
  type: 'set_score',
  family: 'points',
  icon: IconEqual,
  about: 'To a value, for good',
  search: 'fix exact override adjust',
  fresh: (names) => ({ model: usualModel(names), score: 0 }),
  summary: ({ model, score }, names) => `${modelWords(names, model)} to ${score === undefined ? '…' : number(score)}`,
  Panel,
};
