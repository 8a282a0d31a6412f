import { Button, Code, Modal, SegmentedControl, TagsInput, TextInput } from '@mantine/core';
import { IconBell, IconBrandSlack, IconMail, IconPlus, IconWebhook } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Channel, channelSecretSchema, InAppChannel } from '@ripen/shared';
import { useState } from 'react';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { applyDocument, channelsQuery, idFromName } from '../../api/handoff.ts';
import { useMay } from '../../app/signed-in.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { sayDone } from '../../ui/say.ts';
import { EmptyState, QueryView } from '../../ui/states.tsx';
import { UsedByButton } from '../../ui/used-by.tsx';
import { Item, Items } from './item.tsx';
import { NoticeToFields, noticeToWords } from './notice-to.tsx';
import { Section } from './section.tsx';

const addressOf = (channel: Channel): string => {
  switch (channel.type) {
    case 'email':
      return channel.to.join(', ');
    case 'in_app':
      return noticeToWords(channel.to);
    default:
      return channel.url;
  }
};

const icons = {
  webhook: { Icon: IconWebhook, label: 'Webhook' },
  slack: { Icon: IconBrandSlack, label: 'Slack' },
  email: { Icon: IconMail, label: 'E-mail' },
  in_app: { Icon: IconBell, label: 'In Ripen' },
} as const;

function ChannelIcon({ type }: Pick<Channel, 'type'>) {
  const { Icon, label } = icons[type];
  return <Icon size={18} stroke={1.7} aria-label={label} />;
}

/** What the address of a channel is, for those who type it. */
const addressHelp = {
  webhook:
    'Messages are signed as Standard Webhooks describes. Private addresses are refused unless the installation allows them.',
  slack: 'Of an incoming webhook: in Slack, add the app “Incoming WebHooks” to the channel and copy its address.',
} as const;

/** Where notifications go. */
export function Channels() {
  const query = useQuery(channelsQuery);
  const mayAdmin = useMay('admin');
  const [editing, setEditing] = useState<Channel | 'new' | null>(null);
  const [secretOf, setSecretOf] = useState<Channel | null>(null);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing('new')}>
      Add a channel
    </Button>
  );
  return (
    <Section
      title="Notifications"
      about='Where an automation&apos;s "Notify" step sends: a signed webhook, a Slack channel, e-mail to colleagues, or notices here.'
      act={query.data?.length ? add : undefined}
    >
      <QueryView query={query}>
        {(channels) =>
          channels.length === 0 ? (
            <EmptyState icon={<IconBell size={32} stroke={1.5} aria-hidden="true" />} title="No channel yet" acts={add}>
              Add a webhook, a Slack channel, e-mail addresses or notices in Ripen, so that automations can tell people
              and systems.
            </EmptyState>
          ) : (
            <Items>
              {channels.map((channel) => (
                <Item
                  key={channel.id}
                  icon={<ChannelIcon type={channel.type} />}
                  name={channel.name}
                  sub={addressOf(channel)}
                  acts={
                    <>
                      <UsedByButton kind="channel" id={channel.id} name={channel.name} />
                      {channel.type === 'webhook' && mayAdmin && (
                        <Button variant="subtle" size="xs" onClick={() => setSecretOf(channel)}>
                          Signing secret
                        </Button>
                      )}
                      <Button
                        variant="default"
                        size="xs"
                        onClick={() => setEditing(channel)}
                        aria-label={`Change ${channel.name}`}
                      >
                        Change
                      </Button>
                    </>
                  }
                />
              ))}
            </Items>
          )
        }
      </QueryView>
      {editing && (
        <ChannelDialog
          channel={editing === 'new' ? null : editing}
          taken={(query.data ?? []).map(({ id }) => id)}
          onClose={() => setEditing(null)}
        />
      )}
      {secretOf && <SecretDialog channel={secretOf} onClose={() => setSecretOf(null)} />}
    </Section>
  );
}

function ChannelDialog(given: { channel: Channel | null; taken: readonly string[]; onClose: () => void }) {
  const { channel, taken, onClose } = given;
  const client = useQueryClient();
  const [name, setName] = useState(channel?.name ?? '');
  const [type, setType] = useState<Channel['type']>(channel?.type ?? 'webhook');
  const [url, setUrl] = useState(channel && 'url' in channel ? channel.url : '');
  const [to, setTo] = useState(channel?.type === 'email' ? channel.to : []);
  const [whom, setWhom] = useState<InAppChannel['to']>(
    channel?.type === 'in_app' ? channel.to : { kind: 'lead_owner' },
  );
  const save = useMutation({
    mutationFn: () => {
      const base = { kind: 'channel' as const, id: channel?.id ?? idFromName(name, taken), name };
      switch (type) {
        case 'email':
          return applyDocument({ ...base, type, to });
        case 'in_app':
          return applyDocument({ ...base, type, to: whom });
        default:
          return applyDocument({ ...base, type, url });
      }
    },
    onSuccess: () => {
      onClose();
      sayDone(`"${name}" is in force.`);
      void client.invalidateQueries({ queryKey: channelsQuery.queryKey });
    },
  });
  return (
    <FormDialog
      title={channel ? `Change "${channel.name}"` : 'Add a channel'}
      act={channel ? 'Save' : 'Add'}
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={save.mutate}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {!channel && (
        <SegmentedControl
          aria-label="Kind"
          data={[
            { value: 'webhook', label: 'Webhook' },
            { value: 'slack', label: 'Slack' },
            { value: 'email', label: 'E-mail' },
            { value: 'in_app', label: 'In Ripen' },
          ]}
          value={type}
          onChange={setType}
        />
      )}
      {type === 'in_app' ? (
        <NoticeToFields to={whom} onChange={setWhom} />
      ) : type !== 'email' ? (
        <TextInput
          label="Address"
          description={addressHelp[type]}
          type="url"
          required
          placeholder="https://"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
      ) : (
        <TagsInput
          label="E-mail addresses"
          description="Press Enter after each."
          value={to}
          onChange={setTo}
          maxTags={50}
          required={to.length === 0}
          acceptValueOnBlur
        />
      )}
    </FormDialog>
  );
}

function SecretDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const query = useQuery({
    queryKey: ['definitions', 'detail', channel.id, 'secret'],
    queryFn: ({ signal }) =>
      api.get<z.infer<typeof channelSecretSchema>>(`/api/channels/${channel.id}/secret`, undefined, signal),
    // A secret does not stay in memory longer than it is shown.
    gcTime: 0,
  });
  return (
    <Modal opened onClose={onClose} title={`Signing secret of "${channel.name}"`}>
      <QueryView query={query}>{({ secret }) => <Code block>{secret}</Code>}</QueryView>
    </Modal>
  );
}
