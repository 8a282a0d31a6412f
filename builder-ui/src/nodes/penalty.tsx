import { Checkbox, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { DaysField } from '../fields/days-field.tsx';
import { PointsField } from '../fields/points-field.tsx';
import { signed } from '../ui/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';
import { ModelAndGroup, Counts, Fades } from './points-parts.tsx';
import { countsWords, modelWords, usualGroup, usualModel } from './scoring.ts';

function Panel({ settings, onChange, errors, names }: PanelProps<'penalty'>) {
  const expires = 'expiresAfterDays' in settings;
  return (
    <Stack gap="md">
      <PointsField
        label="Points"
        sign="minus"
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
      <Fades value={settings.decays ?? false} onChange={(decays) => onChange({ ...settings, decays })} />
      <Checkbox
        label="Is over after a time"
        checked={expires}
        onChange={({ currentTarget }) => {
          const { expiresAfterDays: _, ...rest } = settings;
          onChange(currentTarget.checked ? { ...settings, expiresAfterDays: 90 } : rest);
        }}
      />
      {expires && (
        <DaysField
          label="Over after"
          value={settings.expiresAfterDays}
          onChange={(expiresAfterDays) => onChange({ ...settings, expiresAfterDays })}
          error={
            errors.at('expiresAfterDays') ?? (settings.expiresAfterDays === undefined ? 'Fill this in.' : undefined)
          }
        />
      )}
    </Stack>
  );
}

export const penalty: NodeView<'penalty'> = {
  type: 'penalty',
  family: 'points',
  icon: IconAlertTriangle,
  about: 'A bad sign that stays, and may go below zero',
  search: 'negative minus bad fit unsubscribe competitor spam punish',
  fresh: (names) => {
    const model = usualModel(names);
    return { model, group: usualGroup(names, model), points: 10, counts: { kind: 'every_time' }, decays: false };
  },
  summary: ({ model, points, counts }, names) =>
    `${points === undefined ? '−…' : signed(-points)} from ${modelWords(names, model)}, ${countsWords(counts)}`,
  Panel,
};
