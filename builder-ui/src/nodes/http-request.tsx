import { ActionIcon, Button, Input, Stack } from '@mantine/core';
import { IconApi, IconPlus, IconTrash } from '@tabler/icons-react';
import type { FieldErrors } from '../fields/errors.ts';
import { TextInput } from '../fields/inputs.tsx';
import { FieldPicker } from '../fields/known-pickers.tsx';
import { nameIn, pathWords } from '../fields/names.ts';
import { ChannelPicker } from '../fields/pickers.tsx';
import styles from './nodes.module.css';
import type { DraftSettings, NodeView, PanelProps } from './node-view.ts';
import { TemplateField } from './template-field.tsx';

type Saved = NonNullable<DraftSettings<'http_request'>['save']>;

/** Which parts of the answer become fields. */
function SavedParts(given: { save: Saved; onChange: (save: Saved) => void; errors: FieldErrors }) {
  const { save, onChange, errors } = given;
  return (
    <Input.Wrapper
      label="Keep from the answer"
      description="Parts of a JSON answer that become fields of the contact, as in company.size."
      labelElement="div"
      role="group"
      aria-label="Keep from the answer"
      error={errors.at('')}
    >
      <Stack gap="sm" mt="xs">
        {save.map((part, index) => (
          // Parts have no ids of their own; their inputs are controlled, so their places serve.
          <div key={index} className={styles.trigger} role="group" aria-label={`Part ${String(index + 1)}`}>
            <div className={styles.triggerHead}>
              <TextInput
                className={styles.grow}
                aria-label="Part of the answer"
                placeholder="company.size"
                value={part.from}
                onChange={({ currentTarget }) => onChange(save.with(index, { ...part, from: currentTarget.value }))}
                error={errors.at(`${String(index)}.from`)}
              />
              <ActionIcon
                aria-label={`Do not keep part ${String(index + 1)}`}
                onClick={() => onChange(save.filter((_, at) => at !== index))}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </div>
            <FieldPicker
              aria-label="Field"
              value={part.field}
              onChange={(field) => onChange(save.with(index, { ...part, field }))}
              error={errors.at(`${String(index)}.field`)}
            />
          </div>
        ))}
        <div>
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => onChange([...save, { from: '', field: '' }])}
          >
            Keep a part
          </Button>
        </div>
      </Stack>
    </Input.Wrapper>
  );
}

function Panel({ settings, onChange, errors }: PanelProps<'http_request'>) {
  return (
    <Stack gap="md">
      <ChannelPicker
        label="Webhook"
        description="Its address gets a signed POST, tried again for a day until it answers. Webhooks are set up in the settings."
        only="webhook"
        value={settings.channel ?? ''}
        onChange={(channel) => onChange({ ...settings, channel })}
        error={errors.at('channel')}
      />
      <TemplateField
        label="Message"
        long
        value={settings.body ?? ''}
        onChange={(body) => onChange({ ...settings, body })}
        error={errors.at('body')}
      />
      <SavedParts
        save={settings.save ?? []}
        onChange={(save) => onChange({ ...settings, save })}
        errors={errors.under('save')}
      />
    </Stack>
  );
}

export const httpRequest: NodeView<'http_request'> = {
  type: 'http_request',
  family: 'sales',
  icon: IconApi,
  about: 'Asks another system and goes on with its answer',
  search: 'http request api call webhook post enrich response json fetch',
  fresh: (names) => ({
    channel: names.channels.find(({ type }) => type === 'webhook')?.id ?? '',
    body: '',
    save: [],
  }),
  summary: ({ channel, save = [] }, names) => {
    if (!channel) return 'Choose a webhook';
    const kept = save.map(({ field }) => (field ? pathWords(field).toLowerCase() : '…')).join(', ');
    return `Asks ${nameIn(names.channels, channel)}${kept ? `, keeps ${kept}` : ''}`;
  },
  portLabel: (_, port) => (port === 'response' ? 'Answered' : port === 'failed' ? 'Failed' : port),
  Panel,
};
