import { Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMay } from '../app/signed-in.ts';
import { ImpactChoice, type Since } from './impact.tsx';
import { PublishDialog, type Change } from './publish-dialog.tsx';
import type { Draft } from './use-draft.ts';
import { useRebuildFromHistory } from './use-rebuild-from-history.ts';

/** Publishes what scores depend on: says what it would change, and asks whether it counts from now on or for all of history. */
export function PublishSince(given: {
  draft: Pick<Draft<object>, 'detail' | 'publish'>;
  name: string;
  document: object;
  changes: readonly Change[];
  problems: readonly { severity: 'error' | 'warning'; message: string }[];
  /** What counting from now on means, for those who may not measure it, or where it cannot be measured yet. */
  fromNowOn: ReactNode;
  onClose: () => void;
}) {
  const mayLook = useMay('contacts:read');
  const [since, setSince] = useState<Since>('now');
  const rebuildFromHistory = useRebuildFromHistory();
  const errors = given.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  return (
    <PublishDialog
      afterwards={since === 'history' ? rebuildFromHistory : undefined}
      draft={given.draft}
      name={given.name}
      changes={given.changes}
      errors={errors}
      onClose={given.onClose}
    >
      {mayLook && errors.length === 0 ? (
        <ImpactChoice document={given.document} since={since} onSince={setSince} />
      ) : (
        <Text size="sm" c="dimmed">
          {given.fromNowOn}
        </Text>
      )}
    </PublishDialog>
  );
}
