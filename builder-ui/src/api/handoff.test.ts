import { expect, test } from 'vitest';
import { idFromName } from './handoff.ts';

test.each([
  ['EMEA team', [], 'emea-team'],
  ['  Équipe d’Été ', [], 'equipe-d-ete'],
  ['!!!', [], 'unnamed'],
  ['Team', ['team', 'team-2'], 'team-3'],
])('%s becomes an id', (name, taken, id) => {
  expect(idFromName(name, taken)).toBe(id);
});
