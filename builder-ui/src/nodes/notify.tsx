import { Stack } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { nameIn } from '../fields/names.ts';
import { ChannelPicker } from '../fields/pickers.tsx';
import type { NodeView, PanelProps } from './node-view.ts';
import { usualModel } from './scoring.ts';
import { TemplateField } from './template-field.tsx';

function Panel({ settings, onChange, errors }: PanelProps<'notify'>) {
  return (
    <Stack gap="md">
      <ChannelPicker
        label="Channel"
        description="Channels are set up in the settings."
        value={settings.channel ?? ''}
        onChange={(channel) => onChange({ ...settings, channel })}
        error={errors.at('channel')}
      />
      <TemplateField
        label="Subject"
        value={settings.subject ?? ''}
        onChange={(subject) => onChange({ ...settings, subject })}
        error={errors.at('subject')}
      />
      <TemplateField
        label="Message"
        long
        value={settings.body ?? ''}
        onChange={(body) => onChange({ ...settings, body })}
        error={errors.at('body')}
      />
    </Stack>
  );
}

export const notify: NodeView<'notify'> = {
  type: 'notify',
  family: 'sales',
  icon: IconBellRinging,
  about: 'Tells colleagues or another system',
  search: 'email e-mail webhook message alert tell send slack crm',
  fresh: (names) => {
    const model = usualModel(names);
    return {
      channel: names.channels[0]?.id ?? '',
      subject: '{{email}} is worth a look',
      body: model ? `{{email}} has ${`{{score:${model}}}`} points.` : '',
    };
  },
  summary: ({ channel, subject }, names) =>
    channel ? `${nameIn(names.channels, channel)}${subject ? `: ${subject}` : ''}` : 'Choose a channel',
  Panel,
};
