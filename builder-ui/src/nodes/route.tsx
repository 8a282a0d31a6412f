import { IconHeartHandshake } from '@tabler/icons-react';
import { nameIn } from '../fields/names.ts';
import { QueuePicker } from '../fields/pickers.tsx';
import type { NodeView, PanelProps } from './node-view.ts';

function Panel({ settings, onChange, errors }: PanelProps<'route'>) {
  return (
    <QueuePicker
      label="Sales queue"
      description="Its next free person gets the lead. Who has an open lead already goes on by “Routed” and gets no second one."
      value={settings.queue ?? ''}
      onChange={(queue) => onChange({ queue })}
      error={errors.at('queue')}
    />
  );
}

export const route: NodeView<'route'> = {
  type: 'route',
  family: 'sales',
  icon: IconHeartHandshake,
  about: 'Makes a lead for a sales person',
  search: 'assign hand over handoff lead owner rep queue team round robin',
  fresh: (names) => ({ queue: names.queues[0]?.id ?? '' }),
  summary: ({ queue }, names) => (queue ? `To ${nameIn(names.queues, queue)}` : 'Choose a sales queue'),
  portLabel: (_, port) => (port === 'routed' ? 'Routed' : port === 'no_one' ? 'No one free' : port),
  Panel,
};
