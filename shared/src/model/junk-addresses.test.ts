import { expect, test } from 'vitest';
import { isJunkAddress } from './junk-addresses.ts';

test.each([
  'donaldduck@gmail.com',
  'Donald.Duck99@gmail.com ',
  'test@company.com',
  'test+1@company.com',
  'no-reply@company.com',
  'anybody@mailinator.com',
  'anybody@eu.mailinator.com',
  'a@YOPMAIL.com',
])('%s is implausible or disposable', (address) => {
  expect(isJunkAddress(address)).toBe(true);
});

test.each([
  'ada@company.com',
  'tester@company.com',
  'donald@gmail.com',
  'ada@notmailinator.com',
  'ada@mailinator.com.company.org',
  'mailinator.com',
  '@mailinator.com',
  'donaldduck',
  '',
])('%s is neither', (address) => {
  expect(isJunkAddress(address)).toBe(false);
});
