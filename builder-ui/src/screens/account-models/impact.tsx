import { Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { AccountImpact, AccountModel } from '@ripen/shared';
import { ImpactProgress, useImpact } from '../../drafts/index.ts';
import figures from '../../ui/figures.module.css';
import { Points } from '../../ui/marks.tsx';
import { count, number } from '../../ui/words.ts';
import styles from './account-models.module.css';
import { impactInWords, bandWords } from './impact-words.ts';

/** What publishing the model would change: which accounts, by how much, to which band. */
export function AccountModelImpact({ model }: { model: AccountModel }) {
  const measured = useImpact(model);
  const found = measured.impact?.accounts ?? null;
  return (
    <Stack gap="xs" role="group" aria-label="What it changes">
      {found && <Text size="sm">{impactInWords(found)}</Text>}
      {found && found.accounts > 0 && <Changes found={found} />}
      <ImpactProgress measured={measured} looked={found?.looked} of={found?.of} whom="account" />
    </Stack>
  );
}

const mostMoves = 6;

function Changes({ found }: { found: AccountImpact }) {
  return (
    <div className={`${figures.figures} ${styles.changes}`}>
      {found.bands.length > 0 && (
        <ul aria-label="Moves between bands">
          {found.bands
            .toSorted((a, b) => b.accounts - a.accounts)
            .slice(0, mostMoves)
            .map(({ from, to, accounts }) => (
              <li key={`${from?.id} ${to?.id}`}>
                {bandWords(from)} → {bandWords(to)}: <b>{count(accounts, 'account')}</b>
              </li>
            ))}
        </ul>
      )}
      <table>
        <caption>Those that change most</caption>
        <tbody>
          {found.examples.map(({ account, from, to, bandFrom, bandTo }) => (
            <tr key={account.id}>
              <td>
                <Link to="/accounts/$id" params={{ id: account.id }} target="_blank">
                  {account.name}
                </Link>
              </td>
              <td className={figures.number}>
                {number(from)} → {number(to)}
              </td>
              <td className={figures.number}>
                <Points value={Math.round((to - from) * 10) / 10} />
              </td>
              <td>{bandFrom?.id === bandTo?.id ? '' : `${bandWords(bandFrom)} → ${bandWords(bandTo)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
