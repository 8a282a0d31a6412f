import { Stack } from '@mantine/core';
import { IconCirclePlus } from '@tabler/icons-react';
import { PointsField } from '../fields/points-field.tsx';
import { signed } from '../ui/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';
import { ModelAndGroup, Counts, Fades } from './points-parts.tsx';
import { countsWords, modelWords, usualGroup, usualModel } from './scoring.ts';

function Panel({ settings, onChange, errors, names }: PanelProps<'add_points'>) {
  return (
    <Stack gap="md">
      <PointsField
        label="Points"
        sign="plus"
        value={settings.points}
        onChange={(points) => onChange({ ...settings, points })}
        error={errors.at('points')}
      />
      <ModelAndGroup
        model={settings.model}
        group={settings.group}
        names={names}
        onChange={(change) => onChange({ ...settings, ...change })}
        errors={errors}
      />
      <Counts value={settings.counts} onChange={(counts) => onChange({ ...settings, counts })} errors={errors} />
      <Fades value={settings.decays ?? true} onChange={(decays) => onChange({ ...settings, decays })} />
    </Stack>
  );
}

export const addPoints: NodeView<'add_points'> = {
  type: 'add_points',
  family: 'points',
  icon: IconCirclePlus,
  about: 'For what a contact did',
  search: 'score increase raise plus give award',
  fresh: (names) => {
    const model = usualModel(names);
    return { model, group: usualGroup(names, model), points: 10, counts: { kind: 'every_time' }, decays: true };
  },
  summary: ({ model, points, counts }, names) =>
    `${points === undefined ? '+…' : signed(points)} to ${modelWords(names, model)}, ${countsWords(counts)}`,
  Panel,
};
