import { FileInput, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { AccountModel, DefinitionSummary } from '@ripen/shared';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { idFromName } from '../../api/handoff.ts';
import { useNames } from '../../fields/use-names.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { readAccountModelFile, starterAccountModel } from './read-account-model.ts';

/** Asks for a name and how to begin; the model is a draft then. */
export function NewAccountModel({ taken, onClose }: { taken: readonly string[]; onClose: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { lifecycleModel } = useNames();
  const [typed, setTyped] = useState('');
  const [from, setFrom] = useState('contacts');
  const [file, setFile] = useState<{ model: AccountModel } | { why: string } | null>(null);
  const name = typed.trim();
  const read = file && 'model' in file ? file.model : null;
  const open = async (chosen: File | null): Promise<void> => {
    const found = chosen && readAccountModelFile(await chosen.text());
    setFile(found);
    if (found && 'model' in found && typed === '') setTyped(found.model.name);
  };
  const begun = async (id: string): Promise<AccountModel> => {
    if (from === 'file' && read) return { ...read, id, name };
    const { items } = await api.get<{ items: DefinitionSummary[] }>('/api/models');
    const live = items.filter(({ status }) => status === 'live');
    const model = live.find((each) => each.id === lifecycleModel) ?? live[0];
    return starterAccountModel(id, name, model?.id ?? null);
  };
  const create = useMutation({
    mutationFn: async () => {
      const id = idFromName(name, ['compare', ...taken]);
      await api.put(`/api/account-models/${id}/draft`, { document: await begun(id), edition: null });
      await client.invalidateQueries({ queryKey: ['definitions', 'list'] });
      await navigate({ to: '/account-models/$id', params: { id } });
    },
  });
  return (
    <FormDialog
      title="New score model for accounts"
      act="Make the model"
      busy={create.isPending}
      disabled={name === '' || (from === 'file' && read === null)}
      error={create.error}
      onClose={onClose}
      onSubmit={create.mutate}
    >
      <TextInput
        label="Name"
        required
        maxLength={200}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Radio.Group label="Begin with" value={from} onChange={setFrom}>
        <Stack gap="xs" mt="xs">
          <Radio value="contacts" label="Its contacts" description="The sum of what the account’s contacts score." />
          <Radio value="file" label="A file" description="A model for accounts that was downloaded as JSON." />
        </Stack>
      </Radio.Group>
      {from === 'file' && (
        <FileInput
          label="File"
          accept="application/json,.json"
          placeholder="Choose a file"
          onChange={(chosen) => void open(chosen)}
          error={file && 'why' in file ? file.why : null}
        />
      )}
    </FormDialog>
  );
}
