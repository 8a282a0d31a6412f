import { IconHourglassHigh } from '@tabler/icons-react';
import { DurationField } from '../fields/duration-field.tsx';
import { describeDuration } from '../fields/words.ts';
import type { NodeView, PanelProps } from './node-view.ts';

function Panel({ settings, onChange, errors }: PanelProps<'wait_time'>) {
  return (
    <DurationField
      label="Wait for"
      description="Counted from the moment at which the contact comes here."
      value={settings.duration}
      onChange={(duration) => onChange({ duration })}
      errors={errors.under('duration')}
    />
  );
}

export const waitTime: NodeView<'wait_time'> = {
  type: 'wait_time',
  family: 'wait',
  icon: IconHourglassHigh,
  about: 'Goes on when the time is over',
  search: 'delay pause sleep days hours minutes weeks',
  fresh: () => ({ duration: { amount: 1, unit: 'days' } }),
  summary: ({ duration }) => `For ${describeDuration(duration)}`,
  Panel,
};
