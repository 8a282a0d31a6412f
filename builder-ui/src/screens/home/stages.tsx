import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Distribution, Lifecycle } from '@ripen/shared';
import { distributionQuery } from '../../api/insight.ts';
import { definitionQuery } from '../../api/definitions.ts';
import { ripeColor, ripenessOfStage } from '../../ui/ripeness.ts';
import { compact } from '../../ui/words.ts';
import styles from './home.module.css';

/** How many contacts are in each stage. */
export function Stages() {
  const lifecycle = useQuery(definitionQuery('lifecycle', 'lifecycle'));
  const document = lifecycle.data?.document as Lifecycle | null | undefined; // Published, so it passed its schema.
  const model = document?.model;
  const distribution = useQuery({ ...distributionQuery(model ?? ''), enabled: model !== undefined });
  if (!document || !distribution.data) return null;
  return <StageBar lifecycle={document} distribution={distribution.data} />;
}

function StageBar({ lifecycle, distribution }: { lifecycle: Lifecycle; distribution: Distribution }) {
  const names = lifecycle.stages.map(({ id }) => id);
  const colour = (stage: string | null): string =>
    stage === null ? 'var(--line-strong)' : ripeColor(ripenessOfStage(names.indexOf(stage), names.length));
  const shown = distribution.stages.filter(({ count }) => count > 0);
  if (shown.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>
        Contacts by stage
        <Link to="/lifecycle">Lifecycle</Link>
      </h2>
      <div className={styles.stages} aria-hidden="true">
        {shown.map(({ stage, count }) => (
          <span key={stage ?? ''} style={{ flexGrow: count, background: colour(stage) }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {shown.map(({ stage, name, count }) => (
          <li key={stage ?? ''}>
            <Link to="/contacts" search={stage === null ? {} : { stage }}>
              <span className={styles.soft}>
                <span style={{ color: colour(stage) }} aria-hidden="true">
                  ●
                </span>{' '}
                {stage === null ? 'No stage' : name}
              </span>
              <strong>{compact(count)}</strong>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
