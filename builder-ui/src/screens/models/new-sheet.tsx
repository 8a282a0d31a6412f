import { FileInput, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { idFromName } from '../../api/handoff.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import type { FileRead } from './sheet-file.ts';

/** What a new sheet can begin with, besides a file. */
export interface Beginning<Sheet> {
  label: string;
  description: string;
  begin: (id: string, name: string) => Sheet | Promise<Sheet>;
}

/** Asks for a name and what to begin with (the first of `beginnings`, unless another is chosen); the sheet is a draft then. */
export function NewSheet<Sheet extends { id: string; name: string }>(given: {
  title: string;
  collection: 'models' | 'account-models';
  /** What the name should say. */
  nameHint?: string;
  beginnings: readonly Beginning<Sheet>[];
  /** Of a file to begin with. */
  fileHint: string;
  readFile: (text: string) => FileRead<Sheet>;
  /** Ids that others have. */
  taken: readonly string[];
  onMade: (id: string) => Promise<void>;
  onClose: () => void;
}) {
  const { beginnings } = given;
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const [from, setFrom] = useState('0');
  const [file, setFile] = useState<FileRead<Sheet> | null>(null);
  const name = typed.trim();
  // A file is none of them.
  const beginning = beginnings[Number(from)];
  const read = file && 'model' in file ? file.model : null;
  const open = async (chosen: File | null): Promise<void> => {
    const found = chosen && given.readFile(await chosen.text());
    setFile(found);
    if (found && 'model' in found && typed === '') setTyped(found.model.name);
  };
  const create = useMutation({
    mutationFn: async () => {
      const id = idFromName(name, ['compare', ...given.taken]);
      const document = beginning ? await beginning.begin(id, name) : { ...read, id, name };
      await api.put(`/api/${given.collection}/${id}/draft`, { document, edition: null });
      // Not waited for: segments are counted with it.
      void client.invalidateQueries({ queryKey: ['definitions', 'list'] });
      await given.onMade(id);
    },
  });
  return (
    <FormDialog
      title={given.title}
      act="Make the model"
      busy={create.isPending}
      disabled={name === '' || (!beginning && read === null)}
      error={create.error}
      onClose={given.onClose}
      onSubmit={create.mutate}
    >
      <TextInput
        label="Name"
        description={given.nameHint}
        required
        maxLength={200}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Radio.Group label="Begin with" value={from} onChange={setFrom}>
        <Stack gap="xs" mt="xs">
          {beginnings.map(({ label, description }, index) => (
            <Radio key={label} value={String(index)} label={label} description={description} />
          ))}
          <Radio value="file" label="A file" description={given.fileHint} />
        </Stack>
      </Radio.Group>
      {!beginning && (
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
