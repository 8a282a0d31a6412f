import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { sentenceOf } from '../api/client.ts';

export interface Credentials {
  name: string;
  email: string;
  password: string;
  /** An admin key, where setting up takes one. */
  key: string;
}

/** E-mail and password, and a name for who is new. What was typed stays when it is refused. */
export function CredentialsForm(given: {
  act: string;
  isNew?: boolean;
  withKey?: boolean;
  email?: string;
  onSubmit: (credentials: Credentials) => Promise<void>;
}) {
  const [typed, setTyped] = useState<Credentials>({ name: '', email: given.email ?? '', password: '', key: '' });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<Credentials>): void => setTyped((before) => ({ ...before, ...change }));

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await given.onSubmit(typed);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {error !== null && (
          <Alert color="tomato" role="alert" p="sm">
            {sentenceOf(error)}
          </Alert>
        )}
        {given.isNew && (
          <TextInput
            label="Your name"
            required
            autoFocus
            autoComplete="name"
            value={typed.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        )}
        <TextInput
          label="E-mail"
          type="email"
          required
          autoFocus={!given.isNew && !given.email}
          autoComplete="username"
          value={typed.email}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
        <PasswordInput
          label="Password"
          description={given.isNew ? 'At least 10 characters.' : undefined}
          required
          minLength={given.isNew ? 10 : 1}
          autoFocus={Boolean(given.email)}
          autoComplete={given.isNew ? 'new-password' : 'current-password'}
          value={typed.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
        />
        {given.withKey && (
          <PasswordInput
            label="Admin key"
            description={
              <>
                Others can reach this address too. Show that you started Ripen: the <code>apiKey</code> in{' '}
                <code>.ripen/keys.json</code>.
              </>
            }
            required
            autoComplete="off"
            value={typed.key}
            onChange={(event) => set({ key: event.currentTarget.value })}
          />
        )}
        <Button type="submit" loading={busy} fullWidth>
          {given.act}
        </Button>
      </Stack>
    </form>
  );
}
