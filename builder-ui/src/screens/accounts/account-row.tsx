import { Link } from '@tanstack/react-router';
import type { AccountListItem, AccountModel } from '@ripen/shared';
import { ScoreChip } from '../../ui/marks.tsx';
import { RowFigure, rows } from '../../ui/rows.tsx';
import { compact } from '../../ui/words.ts';
import styles from './accounts.module.css';
import { ripeOf } from './ripe.ts';

/** An account in the list. */
export function AccountRow({ account, model }: { account: AccountListItem; model: AccountModel | undefined }) {
  const score = account.scores.find((each) => each.model === model?.id);
  return (
    <li className={`${rows.row} ${styles.row}`}>
      <Link to="/accounts/$id" params={{ id: account.id }} className={rows.name}>
        {account.name}
      </Link>
      {model && (
        <span className={styles.score}>
          {score?.shown ? (
            <ScoreChip score={score.score} ripe={ripeOf(model)} band={score.band} />
          ) : (
            <span className={styles.none}>Outside the audience</span>
          )}
        </span>
      )}
      <RowFigure
        value={account.contacts}
        words={compact(account.contacts)}
        label={account.contacts === 1 ? 'contact' : 'contacts'}
      />
    </li>
  );
}
