export interface Bar {
  from: number;
  to: number;
  count: number;
}

export interface DrawnBar extends Bar {
  /** Of the chart's height, 0 to 1. */
  height: number;
  /** It is far higher than the others and was cut, so that they can be told apart. */
  cut: boolean;
}

/** How much higher than the next highest a bar must be to be cut, and where it ends then. */
const farHigher = 3;
const cutAt = 1.35;

/** Heights of bars. One that would press all others flat is cut. */
export const drawnBars = (bars: readonly Bar[]): DrawnBar[] => {
  const [highest = 0, second = 0] = bars.map(({ count }) => count).sort((a, b) => b - a);
  const cutting = second > 0 && highest > second * farHigher;
  const top = cutting ? second * cutAt : Math.max(highest, 1);
  return bars.map((bar) => {
    const cut = cutting && bar.count > top;
    return { ...bar, cut, height: cut ? 1 : bar.count / top };
  });
};

/** Round values for an axis from `min` to `max`, both ends included. */
export const ticks = (min: number, max: number, most = 6): number[] => {
  const span = max - min;
  if (!(span > 0)) return [min];
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? power * 10;
  const between: number[] = [];
  for (let value = Math.ceil(min / step) * step; value < max; value += step) {
    // Ends speak for themselves: nothing stands too close to them.
    if (value - min > step * 0.7 && max - value > step * 0.7) between.push(Math.round(value * 1e6) / 1e6);
  }
  return [min, ...between, max];
};
