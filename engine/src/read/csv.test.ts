import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('values are quoted where they must be, and nothing becomes a formula', () => {
  expect(csvLine(['plain', 'a, b', 'say "hi"', 'two\nlines', null, 1.5, true, ['x', 'y']])).toBe(
    'plain,"a, b","say ""hi""","two\nlines",,1.5,true,x; y\r\n',
  );
  expect(csvLine(['=1+1', '@cmd', '-2', '+43 (1) 234-5', '+SUM(A1)', '-'])).toBe(
    "'=1+1,'@cmd,-2,+43 (1) 234-5,'+SUM(A1),-\r\n",
  );
});
