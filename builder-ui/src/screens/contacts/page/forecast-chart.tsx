import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import type { ContactForecast } from '@ripen/shared';
import { number } from '../../../ui/words.ts';
import { dayInWords } from './forecast-words.ts';

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** The score over time, with the thresholds that it meets. Drawn for the eye: the sentence beside it says the same. */
export function ForecastChart({ forecast }: { forecast: ContactForecast }) {
  const now = Date.parse(forecast.at);
  const data = forecast.points.map(({ at, score }) => ({ at: Date.parse(at), score: Math.round(score * 10) / 10 }));
  const last = data.at(-1);
  const until = Math.max(Date.parse(forecast.until), last?.at ?? 0);
  if (last && last.at < until) data.push({ at: until, score: last.score });
  const top = Math.max(...data.map(({ score }) => score), 1);
  const bottom = Math.min(...data.map(({ score }) => score), 0);
  // Thresholds far above say nothing about this contact, and would press the line flat.
  const thresholds = forecast.thresholds.filter(({ threshold }) => threshold <= top * 1.3);
  return (
    <div aria-hidden="true">
      <LineChart
        h={180}
        data={data}
        dataKey="at"
        series={[{ name: 'score', label: 'Score', color: 'var(--accent)' }]}
        curveType="linear"
        withDots={false}
        strokeWidth={2}
        gridAxis="none"
        tickLine="none"
        valueFormatter={number}
        xAxisProps={{
          type: 'number',
          domain: [now, until],
          ticks: [0, 1, 2, 3].map((part) => now + ((until - now) * part) / 3),
          tickFormatter: (value: number) => shortDay.format(value),
          interval: 'preserveStartEnd',
        }}
        yAxisProps={{
          width: 34,
          domain: [
            Math.floor(bottom),
            Math.ceil(Math.max(top, ...thresholds.map(({ threshold }) => threshold)) * 1.08),
          ],
        }}
        referenceLines={thresholds.map(({ name, threshold }) => ({
          y: threshold,
          label: name,
          color: 'gray.6',
          labelPosition: 'insideTopRight' as const,
          strokeDasharray: '3 3',
        }))}
        tooltipProps={{ labelFormatter: (at: unknown) => (typeof at === 'number' ? dayInWords(at, now) : '') }}
        tooltipAnimationDuration={0}
        lineChartProps={{ accessibilityLayer: false }}
      />
    </div>
  );
}
