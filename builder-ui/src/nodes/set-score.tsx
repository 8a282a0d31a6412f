import { IconEqual } from '@tabler/icons-react';
import { number } from '../ui/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';
import { modelWords, usualModel } from './scoring.ts';
import { Stack } from '@mantine/core';
import { NumberField } from '../fields/number-field.tsx';
import { ModelPicker } from '../fields/pickers.tsx';

function Panel({ settings, onChange, errors }: PanelProps<'set_score'>) {
  return (
    <Stack gap="md">
      <ModelPicker
        label="Score model"
        value={settings.model ?? ''}
        onChange={(model) => onChange({ ...settings, model })}
        error={errors.at('model')}
      />
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
