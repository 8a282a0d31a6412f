import { FileInput, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ScoreModel } from '@ripen/shared';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { idFromName } from '../../api/handoff.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { emptyModel, readModelFile } from './read-model.ts';
import { starterModel } from './starter.ts';

/** Asks for a name and how to begin; the model is a draft then. */
export function NewModel({ taken, onClose }: { taken: readonly string[]; onClose: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [from, setFrom] = useState('starter');
  const [read, setRead] = useState<ScoreModel | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const open = async (file: File | null): Promise<void> => {
    const found = file && readModelFile(await file.text());
    setRead(found && 'model' in found ? found.model : null);
    setUnread(found && 'why' in found ? found.why : null);
    if (found && 'model' in found && name === '') setName(found.model.name);
  };
  const create = useMutation({
    mutationFn: async () => {
      const id = idFromName(name, ['compare', ...taken]);
      const document =
        from === 'file' && read
          ? { ...read, id, name: name.trim() }
          : (from === 'empty' ? emptyModel : starterModel)(id, name.trim());
      await api.put(`/api/models/${id}/draft`, { document, edition: null });
      await client.invalidateQueries({ queryKey: ['definitions', 'list'] });
      await navigate({ to: '/models/$id', params: { id } });
    },
  });
  return (
    <FormDialog
      title="New score model"
      act="Make the model"
      busy={create.isPending}
      disabled={name.trim() === '' || (from === 'file' && read === null)}
      error={create.error}
      onClose={onClose}
      onSubmit={create.mutate}
    >
      <TextInput
        label="Name"
        description="What it measures: fit, interest in a product, readiness to renew."
        required
        maxLength={200}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group label="Begin with" value={from} onChange={setFrom}>
        <Stack gap="xs" mt="xs">
          <Radio
            value="starter"
            label="A few usual rules"
            description="Five rules, two groups and decay, to change into your own."
          />
          <Radio value="empty" label="Nothing" description="An empty sheet." />
          <Radio value="file" label="A file" description="A model that was downloaded as JSON." />
        </Stack>
      </Radio.Group>
      {from === 'file' && (
        <FileInput
          label="File"
          accept="application/json,.json"
          placeholder="Choose a file"
          onChange={(file) => void open(file)}
          error={unread}
        />
      )}
    </FormDialog>
  );
}
