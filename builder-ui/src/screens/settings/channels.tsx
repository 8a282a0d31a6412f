import { Button, Code, Modal, SegmentedControl, TagsInput, TextInput } from '@mantine/core';
import { IconBell, IconMail, IconPlus, IconWebhook } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Channel, channelSecretSchema } from '@ripen/shared';
import { useState } from 'react';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { applyDocument, channelsQuery, idFromName } from '../../api/handoff.ts';
import { useMay } from '../../app/signed-in.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { sayDone } from '../../ui/say.ts';
import { EmptyState, QueryView } from '../../ui/states.tsx';
import { Item, Items } from './item.tsx';
import { Section } from './section.tsx';

const addressOf = (channel: Channel): string => (channel.type === 'webhook' ? channel.url : channel.to.join(', '));

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
      about='Where an automation&apos;s "Notify" step sends: a signed webhook, or e-mail to colleagues.'
      act={query.data?.length ? add : undefined}
    >
      <QueryView query={query}>
        {(channels) =>
          channels.length === 0 ? (
            <EmptyState icon={<IconBell size={32} stroke={1.5} aria-hidden="true" />} title="No channel yet" acts={add}>
              Add a webhook or e-mail addresses, so that automations can tell people and systems.
            </EmptyState>
          ) : (
            <Items>
              {channels.map((channel) => (
                <Item
                  key={channel.id}
                  icon={
                    channel.type === 'webhook' ? (
                      <IconWebhook size={18} stroke={1.7} aria-label="Webhook" />
                    ) : (
                      <IconMail size={18} stroke={1.7} aria-label="E-mail" />
                    )
                  }
                  name={channel.name}
                  sub={addressOf(channel)}
                  acts={
                    <>
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
  const [url, setUrl] = useState(channel?.type === 'webhook' ? channel.url : '');
  const [to, setTo] = useState(channel?.type === 'email' ? channel.to : []);
  const save = useMutation({
    mutationFn: () => {
      const base = { kind: 'channel' as const, id: channel?.id ?? idFromName(name, taken), name };
      return applyDocument(type === 'webhook' ? { ...base, type, url } : { ...base, type, to });
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
            { value: 'email', label: 'E-mail' },
          ]}
          value={type}
          onChange={(value) => setType(value === 'email' ? 'email' : 'webhook')}
        />
      )}
      {type === 'webhook' ? (
        <TextInput
          label="Address"
          description="Messages are signed as Standard Webhooks describes. Private addresses are refused unless the installation allows them."
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
