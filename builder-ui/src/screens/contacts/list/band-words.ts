import { nameIn, type Names } from '../../../fields/names.ts';

/** What an address says of bands (`fit:a,intent:none`), in words: "in A of Fit and in no band of Intent". */
export const bandWords = (band: string, { models }: Pick<Names, 'models'>): string =>
  band
    .split(',')
    .map((part) => {
      const [model = '', of = ''] = part.split(':');
      const bands = models.find(({ id }) => id === model)?.bands ?? [];
      const none = of === 'none' && !bands.some(({ id }) => id === of);
      return `in ${none ? 'no band' : nameIn(bands, of)} of ${nameIn(models, model)}`;
    })
    .join(' and ');
