import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ListedProgram } from '../../api/maintenance.ts';
import { useMay } from '../../app/signed-in.ts';
import { useNames } from '../../fields/index.ts';
import { RoundState } from '../../rounds/round-state.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { rows } from '../../ui/rows.tsx';
import styles from './maintenance.module.css';
import { ProgramMenu } from './program-menu.tsx';
import { programWords, runWords, whenWords } from './words.ts';

/** A program in the list: what it does, when it runs next, and what became of its last run. */
export function ProgramRow({ program }: { program: ListedProgram }) {
  const names = useNames();
  const mayRun = useMay('contacts:write');
  const { id, name, document, nextAt, lastRun, problem } = program;
  return (
    <li className={`${rows.row} ${styles.row}`}>
      <div className={styles.title}>
        <Link to="/maintenance" search={{ history: id }} className={rows.name}>
          {name}
        </Link>
        <div className={styles.about}>{document.description || programWords(document, names)}</div>
        <div className={styles.when}>
          {whenWords(document)}
          {nextAt !== null && (
            <>
              {' '}
              · next <RelativeTime at={nextAt} />
            </>
          )}
        </div>
        {problem !== null && (
          <div className={styles.problem} role="alert">
            <IconAlertTriangle size={14} aria-hidden="true" /> Its schedule does not run: {problem}. Change when it
            runs.
          </div>
        )}
      </div>
      <div className={styles.state}>
        {lastRun ? <RoundState run={lastRun} words={runWords(lastRun)} /> : <span>Never run</span>}
      </div>
      <div className={styles.acts}>
        {mayRun && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlayerPlay size={14} />}
            disabled={lastRun?.status === 'running'}
            aria-label={`Run now: ${name}`}
            renderRoot={(props) =>
              lastRun?.status === 'running' ? (
                <button type="button" {...props} />
              ) : (
                <Link to="/maintenance" search={{ run: id }} {...props} />
              )
            }
          >
            Run now
          </Button>
        )}
        <ProgramMenu program={document} />
      </div>
    </li>
  );
}
