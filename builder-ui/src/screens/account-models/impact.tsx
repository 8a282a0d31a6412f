import { Stack, Text } from '@mantine/core';
import type { AccountModel } from '@ripen/shared';
import { AccountChanges, accountsInWords, ImpactProgress, useImpact } from '../../drafts/index.ts';

/** What publishing the model would change: which accounts, by how much, to which band. */
export function AccountModelImpact({ model }: { model: AccountModel }) {
  const measured = useImpact(model);
  const found = measured.impact?.accounts ?? null;
  const change = found?.now.models.find((each) => each.model === model.id);
  return (
    <Stack gap="xs" role="group" aria-label="What it changes">
      {change && <Text size="sm">{accountsInWords(change)}</Text>}
      {change && change.accounts > 0 && <AccountChanges change={change} />}
      <ImpactProgress measured={measured} looked={found ? [{ ...found, whom: 'account' }] : []} />
    </Stack>
  );
}
