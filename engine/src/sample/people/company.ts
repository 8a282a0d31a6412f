import { Dice, type Weighted } from '../dice.ts';
import { companyFirst, companySecond } from './words.ts';

export interface Company {
  name: string;
  /** Below example.com, example.org or example.net, which belong to nobody. */
  domain: string;
  industry: string;
  employees: number;
  country: string;
  /** Hours that its working day is ahead of UTC. */
  utcOffsetHours: number;
}

const industries: Weighted<string> = [
  [5, 'Software'],
  [4, 'Manufacturing'],
  [3, 'Logistics'],
  [3, 'Retail'],
  [2, 'Finance'],
  [2, 'Healthcare'],
  [2, 'Education'],
  [1, 'Hospitality'],
  [1, 'Energy'],
];

const countries: Weighted<readonly [country: string, utcOffsetHours: number]> = [
  [30, ['United States', -6]],
  [11, ['Germany', 1]],
  [11, ['United Kingdom', 0]],
  [7, ['France', 1]],
  [6, ['Netherlands', 1]],
  [5, ['Canada', -5]],
  [4, ['Sweden', 1]],
  [4, ['Spain', 1]],
  [4, ['India', 5]],
  [3, ['Brazil', -3]],
  [3, ['Italy', 1]],
  [3, ['Poland', 1]],
  [2, ['Australia', 10]],
  [2, ['Japan', 9]],
  [2, ['Mexico', -6]],
  [1, ['Ireland', 0]],
  [1, ['South Africa', 2]],
  [1, ['Singapore', 8]],
];

const sizes: Weighted<readonly [least: number, most: number]> = [
  [20, [2, 19]],
  [26, [20, 99]],
  [26, [100, 499]],
  [18, [500, 1_999]],
  [8, [2_000, 9_999]],
  [2, [10_000, 60_000]],
];

const endings: Weighted<string> = [
  [6, 'com'],
  [2, 'org'],
  [2, 'net'],
];

const rivals = ['Rival Metrics', 'Copycat Software'] as const;

const stream = 1_000_000_000;

/** The company of a number. Two numbers may have companies of one name: in life they do too, but not one domain. */
export const companyOf = (seed: number, index: number): Company => {
  const dice = new Dice(seed, stream + index);
  const rival = rivals[index - 40];
  const name = rival ?? `${dice.pick(companyFirst)} ${dice.pick(companySecond)}`;
  const [country, utcOffsetHours] = dice.weighted(countries);
  const [least, most] = dice.weighted(sizes);
  const slug = name.toLowerCase().replaceAll(' ', '');
  return {
    name,
    domain: `${slug}${index}.example.${dice.weighted(endings)}`,
    industry: dice.weighted(industries),
    employees: dice.whole(least, most),
    country,
    utcOffsetHours,
  };
};
