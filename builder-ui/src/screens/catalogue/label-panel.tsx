import { Anchor, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Catalogue } from '@ripen/shared';
import { UsedIn } from './used-in.tsx';

/** A label: who has it, and where it is used. */
export function LabelPanel({ label: { label } }: { label: Catalogue['labels'][number] }) {
  return (
    <Stack gap="md">
      <Anchor renderRoot={(props) => <Link to="/contacts" search={{ label }} {...props} />}>
        Contacts with this label
      </Anchor>
      <UsedIn kind="label" name={label} />
    </Stack>
  );
}
