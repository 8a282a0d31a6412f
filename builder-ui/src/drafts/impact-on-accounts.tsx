import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { AccountModelChange, AccountSide } from '@ripen/shared';
import figures from '../ui/figures.module.css';
import { Points } from '../ui/marks.tsx';
import { count, number } from '../ui/words.ts';
import styles from './impact.module.css';
import { accountsInWords, bandWords } from './impact-words.ts';

/** What becomes of accounts by a model for contacts: for each model for accounts a sentence, and who moves most. */
export function ImpactOnAccounts({ side: { models } }: { side: AccountSide }) {
  if (models.length === 0) return null;
  return (
    <div role="group" aria-label="What it changes for accounts" className={styles.accounts}>
      {models.map((change) => (
        <section key={change.model} aria-label={change.name}>
          <Text size="sm">
            <b>{change.name}</b>: {lowered(accountsInWords(change))}
          </Text>
          {change.accounts > 0 && <AccountChanges change={change} />}
        </section>
      ))}
    </div>
  );
}

/** Behind a colon. */
const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

const mostMoves = 6;

/** How many accounts move between which bands in a model, and those that change most. */
export function AccountChanges({ change }: { change: AccountModelChange }) {
  return (
    <div className={`${figures.figures} ${styles.side}`}>
      {change.bands.length > 0 && (
        <ul aria-label="Moves between bands">
          {change.bands
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
        <caption>Accounts that change most</caption>
        <tbody>
          {change.examples.map(({ account, from, to, bandFrom, bandTo }) => (
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
