import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { FormDialog } from './form-dialog.tsx';

/** Asks what something new is called, and makes it; a failure is said in the dialog, which stays. */
export function NameDialog(given: {
  title: string;
  act: string;
  description: string;
  /** The name comes without space around it. */
  make: (name: string) => Promise<void>;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const making = useMutation({ mutationFn: () => given.make(name) });
  return (
    <FormDialog
      title={given.title}
      act={given.act}
      busy={making.isPending}
      disabled={name === ''}
      error={making.error}
      onClose={given.onClose}
      onSubmit={making.mutate}
    >
      <TextInput
        label="Name"
        description={given.description}
        required
        maxLength={200}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
