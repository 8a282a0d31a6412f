import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { AccountForecast } from '@ripen/shared';
import { accountForecastQuery } from '../../api/accounts.ts';
import { QueryView } from '../../ui/states.tsx';
import { number } from '../../ui/words.ts';
import { Card } from '../contacts/page/card.tsx';
import styles from '../contacts/page/page.module.css';

const ForecastChart = lazy(() =>
  import('../contacts/page/forecast-chart.tsx').then(({ ForecastChart: it }) => ({ default: it })),
);
const waiting = <Skeleton height={180} radius="sm" />;

/** What becomes of the score in 30 days if nothing more arrives. */
export function ForecastCard({ account, model }: { account: string; model: string }) {
  const query = useQuery(accountForecastQuery(account));
  return (
    <Card title="What comes next">
      <QueryView query={query} loading={waiting}>
        {(forecast) => {
          const of = forecast.models.find((each) => each.model === model);
          if (!of) return null;
          return (
            <>
              <p className={styles.sentence}>{inWords(of.points)}</p>
              <Suspense fallback={waiting}>
                <ForecastChart forecast={{ ...forecast, points: of.points, thresholds: [] }} />
              </Suspense>
              {forecast.followed < forecast.contacts && (
                <p className={styles.small}>
                  Decay steps and expiries of {number(forecast.followed)} of {number(forecast.contacts)} contacts are
                  followed; of the others only what fades.
                </p>
              )}
            </>
          );
        }}
      </QueryView>
    </Card>
  );
}

const inWords = (points: AccountForecast['models'][number]['points']): string => {
  const from = points[0]?.score ?? 0;
  const to = points.at(-1)?.score ?? from;
  const change = Math.round((to - from) * 10) / 10;
  if (change === 0) return `It stays at ${number(to)} for 30 days if nothing happens.`;
  return `It ${change < 0 ? 'falls' : 'rises'} to ${number(to)} within 30 days if nothing happens.`;
};
