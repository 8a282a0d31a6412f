import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import type { ContactForecast } from '@ripen/shared';
import { number } from '../../../ui/words.ts';
import { dayInWords } from './forecast-words.ts';

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** Round values from the lowest to beyond the highest. */
const scaleOf = (bottom: number, top: number): number[] => {
  const step = [5, 10, 20, 25, 50, 100, 250, 500].find((size) => (top - bottom) / size <= 5) ?? (top - bottom) / 5;
  const from = Math.floor(bottom / step);
  return Array.from({ length: Math.ceil(top / step) - from + 1 }, (_, index) => (from + index) * step);
};

/** Room for the longest of the names, px: they stand beside the plot, where no line crosses them. */
const besideMost = (names: readonly string[]): number => 12 + 7 * Math.max(0, ...names.map(({ length }) => length));

/** The score over time, with the thresholds that it meets. Drawn for the eye: the sentence beside it says the same. */
export function ForecastChart({
  forecast,
}: {
  forecast: Pick<ContactForecast, 'at' | 'until' | 'points' | 'thresholds'>;
}) {
  const now = Date.parse(forecast.at);
  const data = forecast.points.map(({ at, score }) => ({ at: Date.parse(at), score: Math.round(score * 10) / 10 }));
  const last = data.at(-1);
  const until = Math.max(Date.parse(forecast.until), last?.at ?? 0);
  if (last && last.at < until) data.push({ at: until, score: last.score });
  const top = Math.max(...data.map(({ score }) => score), 1);
  const bottom = Math.min(...data.map(({ score }) => score), 0);
  // Thresholds far above say nothing about this contact, and would press the line flat.
  const thresholds = forecast.thresholds.filter(({ threshold }) => threshold <= top * 1.3);
  const scale = scaleOf(Math.floor(bottom), Math.max(top, ...thresholds.map(({ threshold }) => threshold)));
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
          domain: [scale[0] ?? 0, scale.at(-1) ?? 1],
          ticks: scale,
          interval: 0,
        }}
        referenceLines={thresholds.map(({ name, threshold }) => ({
          y: threshold,
          label: name,
          color: 'var(--ink-faint)',
          labelPosition: 'right' as const,
          strokeDasharray: '3 3',
        }))}
        tooltipProps={{ labelFormatter: (at: unknown) => (typeof at === 'number' ? dayInWords(at, now) : '') }}
        tooltipAnimationDuration={0}
        lineChartProps={{
          accessibilityLayer: false,
          margin: { top: 8, right: besideMost(thresholds.map(({ name }) => name)) },
        }}
      />
    </div>
  );
}
