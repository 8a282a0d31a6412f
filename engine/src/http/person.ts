import type { Principal } from '../auth/principal.ts';
import { Problem } from './problem.ts';

/** Whose favourites are meant. Throws a Problem for keys. */
export const personOf = (principal: Principal | null): string => {
  if (principal?.is === 'person') return principal.id;
  throw new Problem(422, 'no_person', 'Favourites belong to people, and a key is nobody. Sign in to keep some.');
};
