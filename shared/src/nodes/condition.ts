import { z } from 'zod';
import { conditionSchema } from '../model/condition.ts';
import { idSchema, nameSchema } from '../model/value.ts';
import { nodeType } from './node-type.ts';

/** If/else, or several branches: the first whose condition holds is taken, else `else`. */
export const condition = nodeType({
  type: 'condition',
  title: 'Condition',
  kind: 'instant',
  settings: z.strictObject({
    branches: z
      .array(z.strictObject({ id: idSchema, name: nameSchema, when: conditionSchema }))
      .min(1)
      .max(20),
  }),
  ports: (settings) => [...settings.branches.map((branch) => branch.id), 'else'],
  references: (settings) => ({
    conditions: settings.branches.map((branch, index) => ({ path: `branches.${index}.when`, condition: branch.when })),
  }),
  check: (settings) => {
    const ids = settings.branches.map((branch) => branch.id);
    return new Set([...ids, 'else']).size === ids.length + 1
      ? []
      : ['two branches share an id, or one is called "else"'];
  },
  run: (settings, pass) => {
    const taken = settings.branches.find((branch) => pass.holds(branch.when));
    return taken
      ? { kind: 'go', port: taken.id, note: taken.name }
      : { kind: 'go', port: 'else', note: 'no branch holds' };
  },
});
