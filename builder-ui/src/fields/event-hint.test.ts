import { expect, test } from 'vitest';
import { eventHint } from './event-hint.ts';

test('the hint of an event is its most telling text', () => {
  expect(eventHint({ url: '/pricing', Title: 'Pricing' }, 'page')).toBe('Pricing');
  expect(eventHint({ seconds: 3 }, 'page')).toBe(null);
  expect(eventHint({ name: 'Email Clicked', campaign: 'Spring' }, 'email_clicked')).toBe('Spring');
});
