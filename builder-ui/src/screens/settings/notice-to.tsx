import { Select, TextInput } from '@mantine/core';
import type { InAppChannel } from '@ripen/shared';
import { roleChoices, roleWords } from './roles.ts';

type To = InAppChannel['to'];

/** Whom a channel inside the product tells: "Everybody who is sales". */
export const noticeToWords = (to: To): string => {
  switch (to.kind) {
    case 'lead_owner':
      return 'Whoever has the lead';
    case 'role':
      return `Everybody with the role ${roleWords[to.role].label}`;
    case 'person':
      return to.email;
  }
};

const kinds: readonly { value: To['kind']; label: string }[] = [
  { value: 'lead_owner', label: 'Whoever has the contact’s lead' },
  { value: 'role', label: 'Everybody with a role' },
  { value: 'person', label: 'One person' },
];

const fresh = (kind: To['kind']): To => {
  switch (kind) {
    case 'lead_owner':
      return { kind };
    case 'role':
      return { kind, role: 'sales' };
    case 'person':
      return { kind, email: '' };
  }
};

/** Whom a channel inside the product tells. */
export function NoticeToFields({ to, onChange }: { to: To; onChange: (to: To) => void }) {
  return (
    <>
      <Select
        label="Whom it tells"
        {...(to.kind === 'lead_owner' && {
          description: 'The rep of the queue, by e-mail address. A contact that is no open lead makes the step fail.',
        })}
        data={kinds}
        value={to.kind}
        allowDeselect={false}
        onChange={(kind) => kind !== null && onChange(fresh(kind))}
      />
      {to.kind === 'role' && (
        <Select
          label="Role"
          data={roleChoices}
          value={to.role}
          allowDeselect={false}
          onChange={(role) => role !== null && onChange({ kind: 'role', role })}
        />
      )}
      {to.kind === 'person' && (
        <TextInput
          label="E-mail address"
          description="That they sign in with."
          type="email"
          required
          value={to.email}
          onChange={(event) => onChange({ kind: 'person', email: event.currentTarget.value })}
        />
      )}
    </>
  );
}
