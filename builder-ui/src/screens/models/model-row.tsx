import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconStairsUp } from '@tabler/icons-react';
import { distributionQuery } from '../../api/insight.ts';
import { useMay } from '../../app/signed-in.ts';
import { StatusMark, type Tone } from '../../ui/marks.tsx';
import { RowFigure, rows } from '../../ui/rows.tsx';
import { compact, count, number } from '../../ui/words.ts';
import type { ListedModel } from './model-list.ts';
import { ModelMenu } from './model-menu.tsx';
import styles from './models.module.css';

const status: Record<ListedModel['status'], { tone: Tone; words: string }> = {
  live: { tone: 'good', words: 'Live' },
  draft: { tone: 'idle', words: 'Draft' },
  paused: { tone: 'warn', words: 'Paused' },
  archived: { tone: 'idle', words: 'Archived' },
};

/** A model in the list. */
export function ModelRow({ model, taken }: { model: ListedModel; taken: readonly string[] }) {
  const mayCount = useMay('contacts:read');
  const scores = useQuery({ ...distributionQuery(model.id), enabled: mayCount && model.status === 'live' }).data;
  const mean = scores?.mean ?? null;
  const shown = scores ? scores.contacts - scores.notShown : null;
  const { tone, words } = status[model.status];
  return (
    <li className={`${rows.row} ${styles.row}`} data-archived={model.status === 'archived' || undefined}>
      <div className={styles.title}>
        <Link to="/models/$id" params={{ id: model.id }} className={rows.name}>
          {model.name || 'Without a name'}
        </Link>
        {model.draft && model.version !== null && <span className={rows.draft}>Unpublished changes</span>}
        {model.description && <div className={styles.description}>{model.description}</div>}
      </div>
      <div className={styles.state}>
        <StatusMark tone={tone}>{words}</StatusMark>
        {model.drivesLifecycle && (
          <span className={styles.drives}>
            <IconStairsUp size={14} aria-hidden="true" />
            Drives the stages
          </span>
        )}
      </div>
      <RowFigure value={model.rules} words={number(model.rules)} label={model.rules === 1 ? 'rule' : 'rules'} />
      <div className={styles.groups}>
        {model.groups.length === 0 ? <span className={styles.faint}>No groups</span> : model.groups.join(', ')}
      </div>
      <RowFigure value={mean} words={mean === null ? '–' : number(mean)} label="mean score" />
      <RowFigure
        value={shown}
        words={shown === null ? '–' : compact(shown)}
        label="contacts"
        title={shown === null ? undefined : count(shown, 'contact')}
      />
      <div className={`${rows.menu} ${styles.menu}`}>
        <ModelMenu model={model} taken={taken} />
      </div>
    </li>
  );
}
