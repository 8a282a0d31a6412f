import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { idFromName } from '../../api/handoff.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { emptySegment } from './read-segment.ts';

/** Asks for a name; the segment is a draft then. `taken`: ids of all segments that there are or were. */
export function NewSegment({ taken, onClose }: { taken: readonly string[]; onClose: () => void }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: async () => {
      const id = idFromName(name, taken);
      await api.put(`/api/segments/${id}/draft`, { document: emptySegment(id, name.trim()), edition: null });
      await client.invalidateQueries({ queryKey: ['definitions', 'list'] });
      await navigate({ to: '/segments/$id', params: { id } });
    },
  });
  return (
    <FormDialog
      title="New segment"
      act="Make the segment"
      busy={create.isPending}
      disabled={name.trim() === ''}
      error={create.error}
      onClose={onClose}
      onSubmit={create.mutate}
    >
      <TextInput
        label="Name"
        description="What its contacts have in common: customers in Austria, ready to talk, gone silent."
        required
        maxLength={200}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
