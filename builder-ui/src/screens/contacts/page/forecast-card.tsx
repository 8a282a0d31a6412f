import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { contactForecastQuery } from '../../../api/contacts.ts';
import { StageBadge } from '../../../ui/marks.tsx';
import { QueryView } from '../../../ui/states.tsx';
import type { Stages } from '../../../fields/use-stages.ts';
import { Card } from './card.tsx';
import { dayInWords, forecastInWords, nextInWords } from './forecast-words.ts';
import styles from './page.module.css';

const ForecastChart = lazy(() => import('./forecast-chart.tsx').then(({ ForecastChart: it }) => ({ default: it })));
const waiting = <Skeleton height={180} radius="sm" />;

/** What becomes of the score and the stage if nothing more arrives. */
export function ForecastCard({ contact, model, stages }: { contact: string; model: string; stages: Stages }) {
  const query = useQuery(contactForecastQuery(contact, model));
  return (
    <Card title="What comes next">
      <QueryView query={query} loading={waiting}>
        {(forecast) => (
          <>
            <p className={styles.sentence}>{forecastInWords(forecast, stages.indexOf)}</p>
            {forecast.next && <p className={styles.next}>{nextInWords(forecast.next)}</p>}
            {forecast.points.length > 1 && (
              <Suspense fallback={waiting}>
                <ForecastChart forecast={forecast} />
              </Suspense>
            )}
            {forecast.moves.length > 1 && (
              <dl className={`${styles.facts} ${styles.moves}`}>
                {forecast.moves.map((move) => (
                  <div key={move.at}>
                    <dt>{dayInWords(Date.parse(move.at), Date.parse(forecast.at))}</dt>
                    <dd>
                      <StageBadge
                        name={move.toName ?? move.to}
                        index={stages.indexOf(move.to)}
                        of={stages.list.length}
                      />
                    </dd>
                  </div>
                ))}
              </dl>
            )}
            {forecast.cut && <p className={styles.small}>The line ends early: more changes follow than are drawn.</p>}
          </>
        )}
      </QueryView>
    </Card>
  );
}
