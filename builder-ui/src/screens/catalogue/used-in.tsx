import { useQuery } from '@tanstack/react-query';
import { usesQuery, type CatalogueKind } from '../../api/catalogue.ts';
import { Uses } from '../../ui/uses.tsx';
import styles from './catalogue.module.css';

/** Where it is used, each place to be opened. */
export function UsedIn({ kind, name }: { kind: CatalogueKind; name: string }) {
  const uses = useQuery(usesQuery(kind, name)).data;
  if (!uses) return null;
  return (
    <section aria-label="Where it is used">
      <h3 className={styles.heading}>Where it is used</h3>
      {uses.length === 0 ? <p className={styles.soft}>Nowhere.</p> : <Uses uses={uses} />}
    </section>
  );
}
