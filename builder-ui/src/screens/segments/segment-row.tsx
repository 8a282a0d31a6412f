import { Link } from '@tanstack/react-router';
import type { Segment, SegmentCount } from '@ripen/shared';
import { useNames } from '../../fields/use-names.ts';
import { describeCondition } from '../../fields/words.ts';
import { RowFigure, rows } from '../../ui/rows.tsx';
import { compact } from '../../ui/words.ts';
import { SegmentMenu } from './segment-menu.tsx';
import styles from './segments.module.css';
import { totalWords } from './total-words.ts';

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A segment in the list: what it is called, who is in it, and how many they are. */
export function SegmentRow({ segment, count }: { segment: Segment; count: SegmentCount | undefined }) {
  const names = useNames();
  return (
    <li className={`${rows.row} ${styles.row}`}>
      <div className={styles.title}>
        <Link to="/segments/$id" params={{ id: segment.id }} className={rows.name}>
          {segment.name}
        </Link>
        <div className={styles.about}>{segment.description || capitalised(describeCondition(segment.when, names))}</div>
      </div>
      <Link to="/contacts" search={{ segment: segment.id }} className={styles.members}>
        <RowFigure
          value={count?.count ?? null}
          words={count ? `${count.exact ? '' : '≈ '}${compact(count.count)}` : '–'}
          label="contacts"
          title={count && totalWords(count)}
        />
      </Link>
      <div className={rows.menu}>
        <SegmentMenu segment={segment} />
      </div>
    </li>
  );
}
