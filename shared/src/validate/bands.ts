import type { ScoreModel } from '../model/score-model.ts';
import type { Place } from './place.ts';

/** Bands follow each other without gaps and overlaps; what is left to check is where each starts. */
export const checkBands = (
  place: Place,
  { bands = [], clamp, name }: Pick<ScoreModel, 'bands' | 'clamp' | 'name'>,
): void => {
  bands.forEach((band, index) => {
    const path = `bands.${index}`;
    const earlier = bands.slice(0, index);
    if (earlier.some(({ id }) => id === band.id))
      place.error('duplicate_id', `${path}.id`, `Two bands are called "${band.id}".`);
    const same = earlier.find(({ from }) => from === band.from);
    if (same)
      place.error(
        'bands_overlap',
        `${path}.from`,
        `"${same.name}" and "${band.name}" both start at ${band.from}: a score can be in one of them only.`,
      );
    if (band.from > clamp.max)
      place.error(
        'band_unreachable',
        `${path}.from`,
        `"${band.name}" starts at ${band.from}, but scores of "${name}" end at ${clamp.max}.`,
      );
  });
  const lowest = Math.min(...bands.map(({ from }) => from));
  if (bands.length > 0 && lowest > clamp.min)
    place.warning(
      'band_gap',
      'bands',
      `Scores from ${clamp.min} up to ${lowest} are in no band; start one at ${clamp.min}.`,
    );
};
