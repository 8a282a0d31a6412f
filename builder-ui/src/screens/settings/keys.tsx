import { ActionIcon, Alert, Button, CopyButton, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { keysQuery, type ApiKey, type NewApiKey } from '../../api/keys.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sayDone, sayFailed } from '../../ui/say.ts';
import { QueryView } from '../../ui/states.tsx';
import { Sure } from '../../ui/sure.tsx';
import { Item, Items } from './item.tsx';
import { Section } from './section.tsx';
import styles from './settings.module.css';

/** What keys people make here can be for; the API can also make finer ones. */
const kinds = [
  { value: 'write', label: 'Send events', body: { kind: 'write' } },
  {
    value: 'read',
    label: 'Read everything',
    body: {
      kind: 'api',
      permissions: ['definitions:read', 'contacts:read', 'runs:read', 'leads:read', 'imports:read', 'operations:read'],
    },
  },
  { value: 'admin', label: 'Everything', body: { kind: 'api', permissions: ['admin'] } },
] as const;

const kindOf = (key: ApiKey): string =>
  key.kind === 'write'
    ? 'Sends events'
    : key.permissions.includes('admin')
      ? 'May do everything'
      : key.permissions.join(', ');

/** Keys of programs. */
export function ApiKeys() {
  const query = useQuery(keysQuery);
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const revoke = useMutation({
    mutationFn: (key: ApiKey) => api.delete(`/api/keys/${key.id}`),
    onSuccess: (_, key) => {
      setRevoking(null);
      sayDone(`"${key.name}" is revoked.`);
      void client.invalidateQueries({ queryKey: keysQuery.queryKey });
    },
    onError: (error, key) => sayFailed(`"${key.name}" could not be revoked`, error),
  });
  return (
    <Section
      title="API keys"
      about="Websites and servers send events with a write key; programs read and change things with an API key."
      act={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
          New key
        </Button>
      }
    >
      <QueryView query={query}>
        {(keys) => (
          <Items>
            {keys
              .filter(({ revokedAt }) => revokedAt === null)
              .map((key) => (
                <Item
                  key={key.id}
                  name={key.name}
                  sub={kindOf(key)}
                  state={
                    <>
                      Made <RelativeTime at={key.createdAt} />
                    </>
                  }
                  acts={
                    <ActionIcon aria-label={`Revoke ${key.name}`} onClick={() => setRevoking(key)}>
                      <IconTrash size={16} />
                    </ActionIcon>
                  }
                />
              ))}
          </Items>
        )}
      </QueryView>
      {adding && <NewKey onClose={() => setAdding(false)} />}
      <Sure
        opened={revoking !== null}
        title={`Revoke "${revoking?.name ?? ''}"`}
        act="Revoke"
        danger
        busy={revoke.isPending}
        onClose={() => setRevoking(null)}
        onAct={() => revoking && revoke.mutate(revoking)}
      >
        Whoever uses it is refused from then on. This cannot be taken back.
      </Sure>
    </Section>
  );
}

function NewKey({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<string>('write');
  const make = useMutation({
    mutationFn: () => api.post<NewApiKey>('/api/keys', { name, ...kinds.find(({ value }) => value === kind)?.body }),
    onSuccess: () => void client.invalidateQueries({ queryKey: keysQuery.queryKey }),
  });
  if (make.data) return <Made made={make.data} onClose={onClose} />;
  return (
    <FormDialog
      title="New key"
      act="Make the key"
      busy={make.isPending}
      error={make.error}
      onClose={onClose}
      onSubmit={make.mutate}
    >
      <TextInput
        label="Name"
        description="Where it is used."
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label="It may"
        data={kinds.map(({ value, label }) => ({ value, label }))}
        value={kind}
        allowDeselect={false}
        onChange={(value) => setKind(value ?? 'write')}
      />
    </FormDialog>
  );
}

function Made({ made, onClose }: { made: NewApiKey; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`Key "${made.name}"`} closeOnClickOutside={false}>
      <Stack gap="md">
        <Alert color="amber" p="sm">
          Copy it now: it is not shown again.
        </Alert>
        <Group wrap="nowrap" align="start">
          <code className={styles.code} style={{ flex: 1 }}>
            {made.key}
          </code>
          <CopyButton value={made.key}>
            {({ copied, copy }) => (
              <ActionIcon aria-label={copied ? 'Copied' : 'Copy the key'} onClick={copy}>
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            )}
          </CopyButton>
        </Group>
        <Button onClick={onClose} style={{ alignSelf: 'end' }}>
          I have copied it
        </Button>
      </Stack>
    </Modal>
  );
}
