import { expect, test } from 'vitest';
import { breakable } from './breakable.ts';

test.each([
  ['margarethe.hollenstein@nordwind12.example.com', ['margarethe', '.hollenstein@', 'nordwind12', '.example', '.com']],
  ['jo.ab@x.de', ['jo.ab@', 'x.de']],
  ['a@b.co', ['a@', 'b.co']],
  ['Vice President. Sales, e.g. in Europe', ['Vice ', 'President. ', 'Sales, ', 'e.g. ', 'in ', 'Europe']],
  ['12,000.5', ['12,000.5']],
  ['https://example.com/pricing?plan=large', ['https:/', '/example', '.com', '/pricing', '?plan', '=large']],
  ['Donaudampfschifffahrtsgesellschaft', ['Donaudampfschifff', 'ahrtsgesellschaft']],
  ['aisha.schmidt@willowproperties168.example.com', ['aisha', '.schmidt@', 'willowproperties168', '.example', '.com']],
  ['', ['']],
])('%s', (text, parts) => {
  expect(breakable(text)).toEqual(parts);
  expect(breakable(text).join('')).toBe(text);
});
