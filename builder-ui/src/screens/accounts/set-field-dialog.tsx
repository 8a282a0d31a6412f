import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { whyNotSettable, type AccountDetail, type FieldValue } from '@ripen/shared';
import { setAccountFields } from '../../api/accounts.ts';
import { AccountFieldPicker } from '../../fields/known-pickers.tsx';
import { fieldKind } from '../../fields/names.ts';
import { useNames } from '../../fields/use-names.ts';
import { ValueField } from '../../fields/value-field.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { ReasonField } from '../../ui/reason-field.tsx';
import { sayDone, sayFailed } from '../../ui/say.ts';
import { count } from '../../ui/words.ts';

/** Says what a field of an account is, and why; `field` empty lets choose one. */
export function SetFieldDialog(given: { account: AccountDetail; field: string; onClose: () => void }) {
  const { account, onClose } = given;
  const names = useNames();
  const [field, setField] = useState(given.field);
  const [value, setValue] = useState<FieldValue>(account.fields[given.field] ?? null);
  const [reason, setReason] = useState('');
  const why = field === '' ? null : whyNotSettable(field);
  const before = account.fields[field] ?? null;
  const ready =
    field !== '' && why === null && reason.trim() !== '' && JSON.stringify(value) !== JSON.stringify(before);
  const set = useMutation({
    mutationFn: () => setAccountFields(account.id, { fields: { [field]: value }, reason: reason.trim() }),
    onSuccess: () => {
      sayDone(`${count(account.contacts, 'contact')} of ${account.name} will hear of it within moments.`);
      onClose();
    },
    onError: (error) => sayFailed('The field was not set', error),
  });
  return (
    <FormDialog
      title={`Set a field of ${account.name}`}
      act="Set field"
      busy={set.isPending}
      disabled={!ready}
      onClose={onClose}
      onSubmit={set.mutate}
    >
      <AccountFieldPicker
        label="Field"
        value={field}
        error={why ?? undefined}
        onChange={(next) => {
          setField(next);
          setValue(account.fields[next] ?? null);
        }}
      />
      <ValueField
        label="Value"
        description="Empty takes the value away."
        kind={fieldKind(names, field)}
        value={value}
        onChange={setValue}
      />
      <ReasonField value={reason} onChange={setReason} />
      <Text size="sm" c="dimmed">
        Contacts who come later hear of it too. It stands until a contact, a file or a person says something newer.
      </Text>
    </FormDialog>
  );
}
