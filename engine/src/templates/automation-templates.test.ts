import { definitionsOf, validate } from '@ripen/shared';
import { describe, expect, test } from 'vitest';
import { readAutomationTemplates } from './read.ts';
import { courseOf, type Done } from './testing.ts';

const expected = [
  'contact-form-to-manager',
  'decay-after-two-months',
  'free-offers',
  'mql-handoff',
  're-engagement',
  'renewal-reminder',
  'repeat-scoring',
  'unsubscribe-clean-up',
  'upsell',
  'webinar-follow-up',
];

/** What becomes of one contact in an empty workspace to which a template was applied. */
const course = (id: string, done: readonly Done[], days: readonly number[], traits: object = {}) =>
  courseOf(id, { done, days, traits });
const pointsOf = (scores: [number, string | null][]): number[] => scores.map(([score]) => score);

describe('every automation template', async () => {
  const templates = await readAutomationTemplates();

  test('the gallery has them all', () => {
    expect(templates.map(({ id }) => id).sort()).toEqual(expected);
  });

  test.each(templates)('$id says what it is, and an empty workspace has nothing against it', (template) => {
    expect(template.summary).toMatch(/^[A-Z].*\.$/);
    expect(template.about.length).toBeGreaterThan(0);
    const automations = template.documents.filter((document) => document.kind === 'automation');
    expect(automations.length).toBeGreaterThan(0);
    for (const { description } of automations) expect(description).toMatch(/^[A-Z].*\.$/);
    const problems = validate(definitionsOf(template.documents));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    // Validation adds up rules; here automations give the points that reach the stages.
    expect(problems.filter(({ code }) => code !== 'stage_unreachable')).toEqual([]);
  });
});

test('repeat scoring: every click counts, the third within a week more, at most once a week', async () => {
  const click = (day: number): Done => [day, 'Email Clicked'];
  const { scores } = await course('repeat-scoring', [1, 2, 3, 4, 20].map(click), [1.5, 2.5, 3.5, 4.5, 20.5]);
  expect(pointsOf(scores('interest'))).toEqual([2, 4, 16, 18, 20]);
});

test('free offers: each counts once, and five different ones make a lead', async () => {
  const offer = (day: number, name: string): Done => [day, 'Free Offer Downloaded', { offer: name }];
  const twice = await course('free-offers', [offer(1, 'a'), offer(2, 'a')], [3]);
  expect(twice.scores('interest')).toEqual([[10, 'prospect']]);
  const all = await course(
    'free-offers',
    ['a', 'b', 'c', 'd', 'e'].map((name, day) => offer(day + 1, name)),
    [9],
  );
  expect(all.scores('interest')).toEqual([[50, 'lead']]);
  expect(all.labels).toEqual(['Took all free offers']);
});

test('contact form: handed over at once whatever the score, and the team hears of it', async () => {
  const { leads, told, scores } = await course('contact-form-to-manager', [[1, 'Contact Form Submitted']], [1.1]);
  expect(leads).toEqual([{ queue: 'sales-development', rep: 'sales-development', day: 1 }]);
  expect(told).toEqual([{ channel: 'sales-managers', subject: 'ann@company.com asks to be contacted', day: 1 }]);
  expect(pointsOf(scores('interest'))).toEqual([50]);
});

test('decay: ten points after two quiet months and after each further one, until activity', async () => {
  const earn: Done = [0, 'ripen.adjust', { model: 'interest', points: 0 }];
  const { ways } = await course('decay-after-two-months', [earn, [1, 'Email Opened']], [60.9, 61.1, 91.1, 121.1, 200]);
  expect(ways).toEqual(Array<string>(3).fill('decay-after-two-months: > fade next > end > completed'));
  const active = await course(
    'decay-after-two-months',
    [
      [1, 'Email Opened'],
      [50, 'Email Opened'],
      [100, 'Email Opened'],
    ],
    [105],
  );
  expect(active.ways).toEqual([]);
});

describe('re-engagement', () => {
  const quiet: Done = [1, 'Page Seen'];

  test('who clicks within the month is back', async () => {
    const { labels, scores } = await course('re-engagement', [quiet, [50, 'Email Clicked']], [46.5, 50.5]);
    expect(labels).toEqual([]);
    expect(pointsOf(scores('interest'))).toEqual([0, 15]);
  });

  test('who does not is dormant, with half of the points', async () => {
    const { labels, ways } = await course('re-engagement', [quiet], [46.5, 80]);
    expect(labels).toEqual(['Dormant']);
    expect(ways[0]).toContain('back timed_out > fade next');
  });
});

describe('MQL handoff', () => {
  // 5 January 2026 is a Monday; day 4.4 is its 9:36.
  const becomes = (day: number): Done => [day, 'ripen.set_stage', { stage: 'mql', by: 'test' }];

  test('in business hours, answered in time: nobody is reminded', async () => {
    const { leads, told, labels } = await course('mql-handoff', [becomes(4.4), [4.5, 'ripen.lead_accepted']], [6]);
    expect(leads).toEqual([{ queue: 'sales', rep: 'sales', day: 4.4 }]);
    expect(told).toEqual([]);
    expect(labels).toEqual(['Answered by sales']);
  });

  test('not answered: a reminder after eight hours, and after a day the promise was broken', async () => {
    const { told, labels } = await course('mql-handoff', [becomes(4.5)], [7]);
    expect(told.map(({ subject, day }) => [subject, Math.round((day - 4.5) * 24)])).toEqual([
      ['ann@company.com waits for an answer', 8],
      ['ann@company.com was not answered within a day', 24],
    ]);
    expect(labels).toEqual(['SLA missed']);
  });

  test('at the weekend it waits for Monday', async () => {
    const { leads } = await course('mql-handoff', [becomes(2)], [5]);
    expect(leads).toEqual([{ queue: 'sales', rep: 'sales', day: 4.375 }]);
  });

  test('rejected: back to lead, marked, and able to qualify again', async () => {
    const { stage, labels, leads } = await course(
      'mql-handoff',
      [becomes(4.4), [4.5, 'ripen.lead_rejected'], becomes(11.4)],
      [12],
    );
    expect(leads.map(({ day }) => day)).toEqual([4.4, 11.4]);
    expect(labels).toContain('Recycled');
    expect(stage).toBe('mql');
    const once = await course('mql-handoff', [becomes(4.4), [4.5, 'ripen.lead_rejected']], [5]);
    expect(once.stage).toBe('lead');
  });
});

describe('webinar follow-up', () => {
  const registered: Done = [1, 'Webinar Registered'];
  const attended = (percentWatched: number): Done => [5, 'Webinar Attended', { percentWatched }];

  test('who watched most of it goes to sales', async () => {
    const { scores, leads } = await course('webinar-follow-up', [registered, attended(95)], [6]);
    expect(pointsOf(scores('interest'))).toEqual([50]);
    expect(leads).toEqual([{ queue: 'sales', rep: 'sales', day: 5 }]);
  });

  test('who left early gets some points', async () => {
    const { scores, leads } = await course('webinar-follow-up', [registered, attended(30)], [6]);
    expect(pointsOf(scores('interest'))).toEqual([25]);
    expect(leads).toEqual([]);
  });

  test('who never came gets the recording', async () => {
    expect((await course('webinar-follow-up', [registered], [14.9, 15.1])).labels).toEqual(['Send the recording']);
  });
});

test('unsubscribe: noted once, out of the campaign, thirty points below', async () => {
  const { fields, labels, ways } = await course(
    'unsubscribe-clean-up',
    [
      [1, 'Email Unsubscribed'],
      [2, 'Email Unsubscribed'],
    ],
    [3],
  );
  expect(fields['emailConsent']).toBe(false);
  expect(labels).toEqual(['Unsubscribed']);
  expect(ways).toHaveLength(1);
});

describe('renewal reminder', () => {
  const customer: Done = [0.5, 'ripen.set_stage', { stage: 'customer', by: 'test' }];
  const traits = { renewalDate: '2026-07-01' }; // Day 181.

  test('ninety and thirty days before, for customers', async () => {
    const { told } = await course('renewal-reminder', [customer], [180], traits);
    expect(told.map(({ day }) => day)).toEqual([91, 151]);
    expect((await course('renewal-reminder', [], [180], traits)).told).toEqual([]);
  });

  test('not again when it was talked about', async () => {
    const { told } = await course('renewal-reminder', [customer, [120, 'Renewal Discussed']], [180], traits);
    expect(told.map(({ day }) => day)).toEqual([91]);
  });
});

test('upsell: a customer who shows three signs goes to the account managers, nobody else', async () => {
  const customer: Done = [0.5, 'ripen.set_stage', { stage: 'customer', by: 'test' }];
  const signs: Done[] = [
    [1, 'Plan Limit Reached'],
    [2, 'Pricing Viewed'],
    [3, 'Plan Limit Reached'],
  ];
  const { scores, leads, stage } = await course('upsell', [customer, ...signs], [2.5, 3.5]);
  expect(pointsOf(scores('upsell'))).toEqual([40, 60]);
  expect(leads).toEqual([{ queue: 'account-managers', rep: 'account-managers', day: 3 }]);
  expect(stage).toBe('customer');
  expect((await course('upsell', signs, [4])).leads).toEqual([]);
});
