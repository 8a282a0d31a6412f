export type DaysUnit = 'minutes' | 'hours' | 'days' | 'weeks';

const perDay: Record<DaysUnit, number> = { minutes: 1_440, hours: 24, days: 1, weeks: 1 / 7 };

/** Takes off what division left: 5 h are 0.2083… days, and 5 h again. */
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;

export const inUnit = (days: number, unit: DaysUnit): number => tidy(days * perDay[unit]);
export const toDays = (amount: number, unit: DaysUnit): number => amount / perDay[unit];

/** The unit in which so many days read best: the largest with a whole number. `otherwise` where none has. */
export const unitOf = (days: number | undefined, otherwise: DaysUnit = 'days'): DaysUnit => {
  if (days === undefined || days <= 0) return 'days';
  if (Number.isInteger(tidy(days))) return 'days';
  if (Number.isInteger(inUnit(days, 'hours'))) return 'hours';
  return Number.isInteger(inUnit(days, 'minutes')) ? 'minutes' : otherwise;
};
