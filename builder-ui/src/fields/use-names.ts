import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo } from 'react';
import { catalogueQuery } from '../api/catalogue.ts';
import { nameableQuery } from '../api/definitions.ts';
import { gatherNames } from './gather-names.ts';
import type { Names } from './names.ts';

/** Names that were gathered further up: fields below ask for nothing themselves. */
export const NamesContext = createContext<Names | null>(null);

/**
 * Everything in the workspace that has a name. Usable at once: until the answers are there, and where one fails, ids stand
 * for names and pickers take free text.
 */
export const useNames = (): Names => {
  const given = useContext(NamesContext);
  const definitions = useQuery({ ...nameableQuery, enabled: given === null }).data;
  const catalogue = useQuery({ ...catalogueQuery, enabled: given === null }).data;
  return useMemo(() => given ?? gatherNames(definitions, catalogue), [given, definitions, catalogue]);
};
