import { ActionIcon, Button, Menu, PasswordInput, Select, TextInput } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Person } from '@ripen/shared';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { peopleQuery } from '../../api/people.ts';
import { usePerson } from '../../app/signed-in.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sayDone, sayFailed } from '../../ui/say.ts';
import { QueryView } from '../../ui/states.tsx';
import { Sure } from '../../ui/sure.tsx';
import { Item, Items } from './item.tsx';
import { roleChoices, roleWords } from './roles.ts';
import { Section } from './section.tsx';
import styles from './settings.module.css';

type Editing = { of: Person | null } | null;

/** Everybody who can sign in. */
export function People() {
  const query = useQuery(peopleQuery);
  const client = useQueryClient();
  const me = usePerson();
  const [editing, setEditing] = useState<Editing>(null);
  const [removing, setRemoving] = useState<Person | null>(null);
  const remove = useMutation({
    mutationFn: (person: Person) => api.delete(`/api/people/${person.id}`),
    onSuccess: (_, person) => {
      setRemoving(null);
      sayDone(`${person.name} can no longer sign in.`);
      void client.invalidateQueries({ queryKey: ['people'] });
    },
    onError: (error, person) => sayFailed(`${person.name} could not be removed`, error),
  });
  return (
    <Section
      title="People"
      about="Everybody who can sign in, and what they may do. Sales people see the leads routed to a rep with their e-mail address as theirs."
      act={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing({ of: null })}>
          Add a person
        </Button>
      }
    >
      <QueryView query={query}>
        {(people) => (
          <Items>
            {people.map((person) => (
              <Item
                key={person.id}
                name={
                  <>
                    {person.name}
                    {person.id === me.id && <span className={styles.soft}> (you)</span>}
                  </>
                }
                sub={person.email}
                state={
                  <>
                    <span className={styles.role}>{roleWords[person.role].label}</span> ·{' '}
                    {person.signedInAt ? (
                      <>
                        signed in <RelativeTime at={person.signedInAt} />
                      </>
                    ) : (
                      'signed out'
                    )}
                  </>
                }
                acts={
                  <Menu position="bottom-end">
                    <Menu.Target>
                      <ActionIcon aria-label={`More about ${person.name}`}>
                        <IconDots size={18} />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item onClick={() => setEditing({ of: person })}>Change</Menu.Item>
                      <Menu.Item color="tomato" onClick={() => setRemoving(person)}>
                        Remove
                      </Menu.Item>
                    </Menu.Dropdown>
                  </Menu>
                }
              />
            ))}
          </Items>
        )}
      </QueryView>
      {editing && <PersonDialog person={editing.of} onClose={() => setEditing(null)} />}
      <Sure
        opened={removing !== null}
        title={`Remove ${removing?.name ?? ''}`}
        act="Remove"
        danger
        busy={remove.isPending}
        onClose={() => setRemoving(null)}
        onAct={() => removing && remove.mutate(removing)}
      >
        They are signed out everywhere at once. What they did stays in the books.
      </Sure>
    </Section>
  );
}

function PersonDialog({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(person?.name ?? '');
  const [email, setEmail] = useState(person?.email ?? '');
  const [role, setRole] = useState<Person['role']>(person?.role ?? 'marketer');
  const [password, setPassword] = useState('');
  const save = useMutation({
    mutationFn: () =>
      person
        ? api.put(`/api/people/${person.id}`, { name, role, ...(password === '' ? {} : { password }) })
        : api.post('/api/people', { name, email, role, password }),
    onSuccess: () => {
      onClose();
      sayDone(person ? `${name} is changed.` : `${name} can sign in now. Tell them the password yourself.`);
      void client.invalidateQueries({ queryKey: ['people'] });
    },
  });
  return (
    <FormDialog
      title={person ? `Change ${person.name}` : 'Add a person'}
      act={person ? 'Save' : 'Add'}
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={save.mutate}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="E-mail"
        type="email"
        required
        disabled={person !== null}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Select
        label="Role"
        description={roleWords[role].may}
        data={roleChoices}
        value={role}
        allowDeselect={false}
        onChange={(value) => setRole(roleChoices.find((choice) => choice.value === value)?.value ?? role)}
      />
      <PasswordInput
        label={person ? 'New password' : 'First password'}
        description={
          person ? 'Leave it empty to keep the present one.' : 'At least 10 characters. They can change it later.'
        }
        required={person === null}
        minLength={10}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
