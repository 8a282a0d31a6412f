import { z } from 'zod';
import { idSchema, nameSchema } from '../model/value.ts';
import { nodeType } from './node-type.ts';

/** By percentage, from a hash of contact and node: the same contact always takes the same way. */
export const randomSplit = nodeType({
  type: 'random_split',
  title: 'Random split',
  kind: 'instant',
  settings: z.strictObject({
    branches: z
      .array(z.strictObject({ id: idSchema, name: nameSchema, percent: z.number().min(0).max(100) }))
      .min(2)
      .max(20),
  }),
  ports: (settings) => settings.branches.map((branch) => branch.id),
  references: () => ({}),
  check: (settings) => {
    const sum = settings.branches.reduce((total, branch) => total + branch.percent, 0);
    const problems = Math.abs(sum - 100) < 1e-9 ? [] : [`the percentages add up to ${sum}, not 100`];
    const ids = new Set(settings.branches.map((branch) => branch.id));
    return ids.size === settings.branches.length ? problems : [...problems, 'two branches share an id'];
  },
  run: (settings, pass) => {
    const position = pass.fraction() * 100;
    let upTo = 0;
    for (const branch of settings.branches) {
      upTo += branch.percent;
      if (position < upTo) return { kind: 'go', port: branch.id, note: branch.name };
    }
    // The percentages may add up to a hair below 100: the last branch with a share takes the rest.
    const last = settings.branches.findLast((branch) => branch.percent > 0);
    return last ? { kind: 'go', port: last.id, note: last.name } : { kind: 'end', note: 'no branch has a share' };
  },
});
