import { Link } from '@tanstack/react-router';
import type { SegmentCount } from '@ripen/shared';
import { api } from '../../api/client.ts';
import type { DefinitionDetail } from '../../api/definitions.ts';
import { useNames } from '../../fields/use-names.ts';
import { describeCondition } from '../../fields/words.ts';
import { RowFigure, rows } from '../../ui/rows.tsx';
import { totalShort, totalWords } from '../../ui/total-words.ts';
import { readSegment } from './read-segment.ts';
import { SegmentMenu } from './segment-menu.tsx';
import styles from './segments.module.css';

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A segment in the list: what it is called, who is in it, and how many they are. */
export function SegmentRow({ segment, count }: { segment: DefinitionDetail; count: SegmentCount | undefined }) {
  const names = useNames();
  const { draft } = segment;
  const isLive = segment.status === 'live';
  const read = readSegment(isLive ? segment.document : draft?.document);
  const { description, when } = read.kind === 'document' ? read.document : {};
  return (
    <li className={`${rows.row} ${styles.row}`}>
      <div className={styles.title}>
        <Link to="/segments/$id" params={{ id: segment.id }} className={rows.name}>
          {segment.name || 'Without a name'}
        </Link>
        {draft && <span className={rows.draft}>{isLive ? 'Unpublished changes' : 'Draft'}</span>}
        <div className={styles.about}>
          {description || (when ? capitalised(describeCondition(when, names)) : 'Nobody has said yet who is in it.')}
        </div>
      </div>
      {isLive ? (
        <Link to="/contacts" search={{ segment: segment.id }} className={styles.members}>
          <RowFigure
            value={count ? (count.range?.to ?? count.count) : null}
            words={count ? totalShort(count) : '–'}
            label="contacts"
            title={count && totalWords(count, 'contact')}
          />
        </Link>
      ) : (
        <span />
      )}
      <div className={rows.menu}>
        <SegmentMenu
          segment={segment}
          discard={() => api.delete(`/api/segments/${encodeURIComponent(segment.id)}/draft`)}
        />
      </div>
    </li>
  );
}
