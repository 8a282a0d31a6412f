import { Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { Person } from '../api/session.ts';
import { CredentialsForm } from './credentials-form.tsx';

/** The session ended while somebody was at work: over the screen, so that nothing typed is lost. */
export function SignInAgain({ person, onSignedIn }: { person: Person; onSignedIn: () => void }) {
  const client = useQueryClient();
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      title="Sign in again"
      size="sm"
    >
      <Text size="sm" c="dimmed" mb="md">
        Your session has ended. What you were doing is still here.
      </Text>
      <CredentialsForm
        act="Sign in"
        email={person.email}
        onSubmit={async ({ email, password }) => {
          await api.post('/api/session', { email, password });
          onSignedIn();
          await client.invalidateQueries();
        }}
      />
    </Modal>
  );
}
