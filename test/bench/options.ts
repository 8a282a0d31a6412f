import { parseArgs } from 'node:util';

export interface Options {
  quick: boolean;
  /** In a workspace that uses everything. */
  allOn: boolean;
  /** Rows to run; empty: all. */
  only: string[];
}

/** Reads the command line. Throws a sentence when it names a row that does not exist. */
export const readOptions = (args: readonly string[], rows: readonly string[]): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      'all-on': { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const only = values.only.flatMap((names) => names.split(','));
  const unknown = only.find((name) => !rows.includes(name));
  if (unknown !== undefined) throw new Error(`There is no row "${unknown}". There are: ${rows.join(', ')}.`);
  return { quick: values.quick, allOn: values['all-on'], only };
};
