import { Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { api, sentenceOf } from '../../api/client.ts';
import { usePerson } from '../../app/signed-in.ts';
import { sayDone } from '../../ui/say.ts';
import { roleWords } from './roles.ts';
import { Section } from './section.tsx';
import styles from './settings.module.css';

/** Who one is here, and one's password. */
export function Account() {
  const person = usePerson();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useMutation({
    mutationFn: () => api.put('/api/session/password', { currentPassword, newPassword }),
    onSuccess: () => {
      setCurrent('');
      setNew('');
      sayDone('Your password is changed. Other devices are signed out.');
    },
  });
  return (
    <Stack gap="xl">
      <Section title={person.name} about={`${person.email} · ${roleWords[person.role].label}`}>
        <p className={styles.soft}>{roleWords[person.role].may}</p>
      </Section>
      <Section title="Password" about="Length is what makes it hard to guess.">
        <form
          onSubmit={(event: SubmitEvent) => {
            event.preventDefault();
            change.mutate();
          }}
        >
          <Stack gap="md" maw={360}>
            <PasswordInput
              label="Current password"
              autoComplete="current-password"
              required
              value={currentPassword}
              onChange={(event) => setCurrent(event.currentTarget.value)}
              error={change.isError ? sentenceOf(change.error) : undefined}
            />
            <PasswordInput
              label="New password"
              description="At least 10 characters."
              autoComplete="new-password"
              required
              minLength={10}
              value={newPassword}
              onChange={(event) => setNew(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" loading={change.isPending} style={{ alignSelf: 'start' }}>
              Change password
            </Button>
          </Stack>
        </form>
      </Section>
    </Stack>
  );
}
