import { beforeEach, expect, test } from 'vitest';
import { Intake } from './intake.ts';

let intake: Intake;
beforeEach(() => {
  intake = new Intake();
});

/** A request from its beginning to its end. */
const take = (bytes: number, arrivals: number): void => {
  intake.letIn(bytes);
  intake.took(arrivals);
  intake.leave(bytes);
};

test('nothing is held against requests of which nothing is known', () => {
  intake.letIn(1_000_000);
  expect(intake.fits(1_000_000, 0)).toBe(true);
});

test('requests that come at once share the room that a look has found', () => {
  take(1_000, 10);
  intake.look();
  intake.letIn(2_000);
  expect(intake.fits(1_000, 30)).toBe(true);
  expect(intake.fits(1_100, 30)).toBe(false);
});

test('the first after a look is let in whatever the room, or a large one never would be', () => {
  take(1_000, 10);
  expect(intake.fits(1_000, 0)).toBe(false);
  intake.look();
  expect(intake.fits(1_000, -5)).toBe(true);
});

test('a look does not see what is still under way', () => {
  take(1_000, 10);
  intake.letIn(1_000);
  intake.look();
  expect(intake.fits(1_000, 19)).toBe(false);
  intake.leave(1_000);
  intake.look();
  expect(intake.fits(1_000, 0)).toBe(true);
});

test('senders that send smaller events are followed', () => {
  for (let request = 0; request < 10; request++) take(1_000_000, 1_000);
  for (let request = 0; request < 60; request++) take(1_000_000, 4_000);
  intake.look();
  intake.letIn(500_000);
  expect(intake.fits(500_000, 3_500)).toBe(false);
  expect(intake.fits(500_000, 4_000)).toBe(true);
});
