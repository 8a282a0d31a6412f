import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

/** Asks once before something that is not easily taken back. The safe answer has the focus. */
export function Sure(given: {
  opened: boolean;
  title: string;
  act: string;
  danger?: boolean;
  busy: boolean;
  onClose: () => void;
  onAct: () => void;
  children: ReactNode;
}) {
  return (
    <Modal opened={given.opened} onClose={given.onClose} title={given.title}>
      <Stack gap="md">
        {given.children}
        <Group justify="flex-end">
          <Button variant="default" onClick={given.onClose} data-autofocus>
            Cancel
          </Button>
          <Button color={given.danger ? 'tomato' : undefined} loading={given.busy} onClick={given.onAct}>
            {given.act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
