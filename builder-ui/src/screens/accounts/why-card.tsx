import { Link } from '@tanstack/react-router';
import type { AccountExplanation } from '@ripen/shared';
import { nameIn } from '../../fields/names.ts';
import { useNames } from '../../fields/use-names.ts';
import { Points, ScoreChip } from '../../ui/marks.tsx';
import { Card } from '../contacts/page/card.tsx';
import styles from '../contacts/page/why.module.css';

type Line = AccountExplanation['lines'][number];

/** Why an account's score is what it is: what its contacts bring, then its own rules, adding up to it. */
export function WhyCard({ score, ripe }: { score: AccountExplanation | undefined; ripe: number | undefined }) {
  const { models } = useNames();
  if (!score)
    return (
      <Card title="Why this score">
        <p className={styles.note}>No score model for accounts is in force yet.</p>
      </Card>
    );
  const contactModels = [...new Set(score.lines.flatMap(({ model }) => model ?? []))];
  const parts: { title: string; lines: Line[] }[] = [
    ...contactModels.map((id) => ({
      title: `${nameIn(models, id)} of its contacts`,
      lines: score.lines.filter(({ model }) => model === id),
    })),
    { title: 'The account itself', lines: score.lines.filter(({ model }) => model === null) },
  ].filter(({ lines }) => lines.length > 0);
  return (
    <Card title="Why this score">
      {parts.length === 0 && <p className={styles.note}>Nothing brings points yet.</p>}
      <div className={styles.sum}>
        {parts.map(({ title, lines }) => (
          <dl key={title} className={styles.group}>
            <div className={styles.head}>
              <dt>{title}</dt>
              <dd>
                <Points value={lines.reduce((sum, { points }) => sum + points, 0)} />
              </dd>
            </div>
            {lines.map((line, index) => (
              <div key={`${line.kind} ${line.contact ?? line.cause ?? ''} ${index}`} className={styles.line}>
                <dt data-kind={line.kind}>
                  {line.contact === null ? (
                    line.label
                  ) : (
                    <Link to="/contacts/$id" params={{ id: line.contact }} className={styles.cause}>
                      {line.label}
                    </Link>
                  )}
                </dt>
                <dd>
                  <Points value={line.points} />
                </dd>
              </div>
            ))}
          </dl>
        ))}
        <dl className={styles.total}>
          <dt>Score</dt>
          <dd>
            <ScoreChip score={score.score} ripe={ripe} />
          </dd>
        </dl>
      </div>
    </Card>
  );
}
