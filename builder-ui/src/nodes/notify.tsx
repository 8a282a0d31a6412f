import { IconBellRinging } from '@tabler/icons-react';
import { nameIn } from '../fields/names.ts';
import type { NodeView } from './node-view.ts';
import { usualModel } from './scoring.ts';

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
};
