import type { Condition } from '@ripen/shared';

type Performed = Extract<Condition, { kind: 'performed' }>;

/** How many times, as people choose it; the definition keeps `atLeast` and `atMost`. */
export type HowOften = 'at_least' | 'at_most' | 'between' | 'never';

export const howOften = (condition: Performed): HowOften => {
  const [low, high] = ['atLeast' in condition, 'atMost' in condition];
  if (condition.atMost === 0) return 'never';
  return low && high ? 'between' : high ? 'at_most' : 'at_least';
};

/** The condition with another way to count; numbers come along where they fit. */
export const withHowOften = (condition: Performed, often: HowOften): Performed => {
  const { atLeast, atMost, ...rest } = condition;
  const low = atLeast ?? 1;
  const high = atMost === undefined || atMost === 0 ? Math.max(low, 3) : atMost;
  switch (often) {
    case 'at_least':
      return { ...rest, atLeast: low };
    case 'at_most':
      return { ...rest, atMost: high };
    case 'between':
      return { ...rest, atLeast: low, atMost: Math.max(low, high) };
    case 'never':
      return { ...rest, atMost: 0 };
  }
};
