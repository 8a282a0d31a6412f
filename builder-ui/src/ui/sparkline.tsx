/** A line without axes: how something went, told in words to those who do not see it. */
export function Sparkline(given: {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
  color?: string;
}) {
  const { values, width = 96, height = 24 } = given;
  const top = Math.max(1, ...values);
  const step = values.length > 1 ? width / (values.length - 1) : width;
  const points = values.map(
    (value, index) => `${(index * step).toFixed(1)},${(height - 2 - (value / top) * (height - 4)).toFixed(1)}`,
  );
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={given.label}>
      <polyline
        points={points.join(' ')}
        fill="none"
        // A line of zeros is no news.
        stroke={values.some((value) => value > 0) ? (given.color ?? 'var(--accent)') : 'var(--line-strong)'}
        strokeWidth={1.5}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
