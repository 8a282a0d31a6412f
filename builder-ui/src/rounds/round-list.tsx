import type { ReactNode } from 'react';
import { RoundState } from './round-state.tsx';
import styles from './rounds.module.css';
import type { AnyRound } from './words.ts';

/** Rounds, newest first; `words` says what one came to. */
export function RoundList<Round extends AnyRound>(given: {
  rounds: readonly Round[];
  words: (round: Round) => ReactNode;
}) {
  return (
    <ol className={styles.runs}>
      {given.rounds.map((round) => (
        <li key={round.id}>
          <RoundState run={round} words={given.words(round)} />
        </li>
      ))}
    </ol>
  );
}
