import { useQuery } from '@tanstack/react-query';
import { segmentUsesQuery } from '../../api/segments.ts';
import styles from './segments.module.css';
import { Uses } from '../../ui/uses.tsx';

/** Where the segment is used. */
export function UsedBy({ id }: { id: string }) {
  const uses = useQuery(segmentUsesQuery(id)).data;
  if (!uses) return null;
  return (
    <section aria-label="Used by">
      <h2 className={styles.heading}>Used by</h2>
      {uses.length === 0 ? <p className={styles.about}>Nothing yet.</p> : <Uses uses={uses} />}
    </section>
  );
}
