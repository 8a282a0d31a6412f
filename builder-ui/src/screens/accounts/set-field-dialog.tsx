import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { whyNotSettable, type AccountDetail, type FieldValue } from '@ripen/shared';
import { setAccountFields } from '../../api/accounts.ts';
import { AccountFieldPicker } from '../../fields/known-pickers.tsx';
import { fieldKind } from '../../fields/names.ts';
import { useNames } from '../../fields/use-names.ts';
import { ValueField } from '../../fields/value-field.tsx';
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
    <Modal opened onClose={onClose} title={`Set a field of ${account.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) set.mutate();
        }}
      >
        <Stack gap="md">
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
          <Textarea
            label="Reason"
            required
            maxLength={500}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed">
            Contacts who come later hear of it too. It stands until a contact, a file or a person says something newer.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!ready} loading={set.isPending}>
              Set field
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
