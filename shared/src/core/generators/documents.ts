import type { Definition, Definitions } from '../../model/definitions.ts';

/** Definitions as the documents that they were made of. */
export const documentsOf = ({ revision: _, lifecycle, automations, ...rest }: Definitions): Definition[] => [
  ...(lifecycle ? [lifecycle] : []),
  ...automations.map(({ graph }) => graph),
  ...Object.values(rest).flat(),
];
