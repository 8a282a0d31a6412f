import { automationsGroupId, type Counting } from '@ripen/shared';
import { nameIn, type Names } from '../fields/names.ts';
import { describeCounting } from '../fields/words.ts';

/** The model that a new node scores in: the one that drives the stages, else the first. */
export const usualModel = (names: Names): string => names.lifecycleModel ?? names.models[0]?.id ?? '';

/** The group that a new node scores into: the model's first for behaviour, else the one that every model has. */
export const usualGroup = (names: Names, model: string): string =>
  names.models.find(({ id }) => id === model)?.groups.find(({ kind }) => kind === 'behaviour')?.id ??
  automationsGroupId;

export const modelWords = (names: Names, model: string | undefined): string =>
  model ? nameIn(names.models, model) : 'a score (choose which)';

/** ", counts once per offer"; said also when it is every time, because the difference is money. */
export const countsWords = (counts: Counting | undefined): string =>
  `counts ${describeCounting(counts ?? { kind: 'every_time' })}`;
