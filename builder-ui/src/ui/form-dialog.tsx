import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { KeyboardEvent, ReactNode, SubmitEvent } from 'react';
import { sentenceOf } from '../api/client.ts';

/** Enter in a list of choices chooses; it does not send the form that the list is in. */
const keepChoosing = (event: KeyboardEvent): void => {
  const { target } = event;
  if (event.key === 'Enter' && target instanceof HTMLElement && target.getAttribute('aria-haspopup') === 'listbox')
    event.preventDefault();
};

/** A dialog that asks for something. What went wrong is said above its buttons, and what was typed stays. */
export function FormDialog(given: {
  title: string;
  /** What the button does: "Add". */
  act: string;
  busy: boolean;
  disabled?: boolean;
  error?: unknown;
  size?: 'md' | 'lg';
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!given.disabled) given.onSubmit();
  };
  return (
    <Modal opened onClose={given.onClose} title={given.title} size={given.size ?? 'md'}>
      <form onSubmit={submit} onKeyDown={keepChoosing}>
        <Stack gap="md">
          {given.children}
          {given.error != null && (
            <Text c="var(--bad)" role="alert">
              {sentenceOf(given.error)}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={given.onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={given.busy} disabled={given.disabled}>
              {given.act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
