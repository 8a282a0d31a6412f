import { useQuery } from '@tanstack/react-query';
import type { Definition, ScoreModel } from '@ripen/shared';
import { useMay } from '../../../app/signed-in.ts';
import { distributionQuery, modelChecksQuery } from '../../../api/insight.ts';
import styles from '../model.module.css';
import type { ModelProblem } from '../problems.ts';
import { Combinations } from './combinations.tsx';
import { Crossed } from './crossed.tsx';
import { Fading } from './fading.tsx';
import { Problems } from './problems.tsx';
import { Scores } from './scores.tsx';
import { TryContact } from './try-contact.tsx';

/** What the model means: what to look at, the scores that there are, how they fade, and one contact. */
export function Side(given: {
  model: ScoreModel;
  problems: readonly ModelProblem[];
  inForce: readonly Definition[] | undefined;
  version: number | null;
}) {
  const { model, inForce } = given;
  const mayCount = useMay('contacts:read');
  const scores = useQuery({ ...distributionQuery(model.id, 50), enabled: mayCount && given.version !== null });
  const checks = useQuery({ ...modelChecksQuery(model.id), enabled: mayCount && given.version !== null }).data ?? [];
  const doubts = checks
    .filter(({ rule }) => rule === null || model.rules.some(({ id }) => id === rule))
    .map(({ rule, message }) => ({ severity: 'warning' as const, path: '', rule, message }));
  const lifecycle = inForce?.find((document) => document.kind === 'lifecycle');
  const stages = lifecycle?.model === model.id ? lifecycle.stages : [];
  return (
    <aside className={styles.side} aria-label="What this model means">
      <Problems model={model} problems={[...given.problems, ...doubts]} />
      {mayCount && <Scores query={scores} stages={stages} published={given.version !== null} />}
      {mayCount && given.version !== null && <Crossed model={model} inForce={inForce ?? []} />}
      <Combinations model={model} published={given.version !== null} />
      {model.groups.some(({ kind }) => kind === 'behaviour') && <Fading model={model} stages={stages} />}
      {mayCount && inForce && <TryContact model={model} inForce={inForce} stages={stages} />}
    </aside>
  );
}
