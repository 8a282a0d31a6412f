import { expect, it } from 'vitest';
import { runEvent } from './definitions.ts';
import { messagesOf, userOf } from './messages.ts';
import { captureTemplates } from './templates.ts';

const contacts = 1_000;
const at = Date.UTC(2026, 0, 1);
const templates = await captureTemplates();

// Baselines and aims mean what they say only for messages that a real client sends.
it('sends what the SDK sends: the same members, and no two ids alike', () => {
  const source = messagesOf(templates, { contacts, seed: 1, run: 'test' });
  const events = Array.from({ length: 500 }, () => source.event(at));
  for (const event of events) expect(Object.keys(event)).toEqual(Object.keys(templates.track));
  expect(Object.keys(source.identify(1, at))).toEqual(Object.keys(templates.identify));
  expect(new Set(events.map((event) => event['messageId'])).size).toBe(events.length);
});

it('starts a durable run in one event of a hundred, and leaves most of the rest to few contacts', () => {
  const source = messagesOf(templates, { contacts, seed: 1, run: 'test' });
  const events = Array.from({ length: 20_000 }, () => source.event(at));
  const runs = events.filter((event) => event['event'] === runEvent);
  expect(runs.length / events.length).toBeCloseTo(0.01, 2);
  const ofMostActive = events.filter((event) => event['userId'] === userOf(0)).length;
  // 1 / H(1000)
  expect(ofMostActive / events.length).toBeCloseTo(1 / 7.485, 2);
});
