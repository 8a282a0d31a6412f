import { definitionsOf, validate } from '@ripen/shared';
import { describe, expect, test } from 'vitest';
import { readTemplates } from './read.ts';
import { courseOf, templateOf, type Done } from './testing.ts';

/** Score and stage at the end of one course. */
const outcome = async (template: string, model: string, done: readonly Done[], traits: object = {}) => {
  const last = Math.max(0, ...done.map(([day]) => day));
  const { scores } = await courseOf(template, { traits, done, days: [last + 0.5] });
  return scores(model)[0];
};

const modelOf = async (template: string) => {
  const { documents } = await templateOf(template);
  const model = documents.find((document) => document.kind === 'model');
  if (!model) throw new Error('It has no model.');
  return model;
};

describe('every template', async () => {
  const templates = await readTemplates();

  test('there are those of the five articles', () => {
    expect(templates.map(({ id }) => id).sort()).toEqual([
      'fit-and-intent',
      'hundred-points',
      'integer-score',
      'premium-content-businesses',
      'premium-content-consumers',
      'profile-and-activity',
    ]);
  });

  test.each(templates)('$id says what it is, and has nothing wrong in it', ({ title, summary, about, documents }) => {
    expect(title).not.toBe('');
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(about.length).toBeGreaterThan(1);
    expect(validate(definitionsOf(documents)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('100-point system', () => {
  const score = (done: readonly Done[]) => outcome('hundred-points', 'hundred-points', done);
  const offers = (count: number) =>
    Array.from({ length: count }, (_, index): Done => [index, 'Free Offer Downloaded', { offer: `offer ${index}` }]);

  test('a contact who downloads a free offer becomes a prospect', async () => {
    expect(await score(offers(1))).toEqual([10, 'prospect']);
  });

  test('who fills out a contact form, or downloads all five free offers, becomes a lead', async () => {
    expect(await score([[0, 'Contact Form Submitted']])).toEqual([50, 'lead']);
    expect(await score(offers(4))).toEqual([40, 'prospect']);
    expect(await score(offers(5))).toEqual([50, 'lead']);
  });

  test('who schedules time to discuss the product, or registers for an event, becomes an MQL', async () => {
    expect(await score([[0, 'Time Scheduled']])).toEqual([75, 'mql']);
    expect(await score([[0, 'Event Registered']])).toEqual([75, 'mql']);
  });

  test('who attends a meeting becomes an SQL, and sales works on them', async () => {
    const { scores, leads } = await courseOf('hundred-points', { done: [[1, 'Event Attended']], days: [2] });
    expect(scores('hundred-points')).toEqual([[100, 'sql']]);
    expect(leads).toEqual([{ queue: 'sales', rep: 'sales', day: 1 }]);
  });

  test('these actions are only counted once', async () => {
    expect(
      await score([
        [0, 'Contact Form Submitted'],
        [1, 'Contact Form Submitted'],
        [2, 'Free Offer Downloaded', { offer: 'a' }],
        [3, 'Free Offer Downloaded', { offer: 'a' }],
      ]),
    ).toEqual([60, 'lead']);
  });

  test('an open is 1 point, a click 2, a website visit 3, every time', async () => {
    expect(await score([[0, 'Email Opened']])).toEqual([1, null]);
    expect(await score([[0, 'Email Clicked']])).toEqual([2, null]);
    expect(await score([[0, 'page']])).toEqual([3, null]);
    const week: Done[] = [0, 1, 2, 3, 4].flatMap((day): Done[] => [
      [day, 'Email Opened'],
      [day, 'page'],
    ]);
    expect(await score(week)).toEqual([5 * (1 + 3), 'prospect']);
  });

  test('contacts have two months of no activity before points are subtracted', async () => {
    const { scores } = await courseOf('hundred-points', { done: [[0, 'Time Scheduled']], days: [59, 61, 91] });
    expect(scores('hundred-points')).toEqual([
      [75, 'mql'],
      [65, 'lead'],
      [55, 'lead'],
    ]);
  });
});

describe('profile and activity sheet', () => {
  const template = 'profile-and-activity';
  const course = (traits: object, done: readonly Done[], days: readonly number[]) =>
    courseOf(template, { traits, done, days });
  const executive = { title: 'CEO', employees: 200, country: 'US' };

  test('several qualifying values stand in one condition, separated by semicolons', async () => {
    for (const title of ['President', 'ceo', 'VP'])
      expect(await outcome(template, template, [], { title })).toEqual([15, 'lead']);
    expect(await outcome(template, template, [], { title: 'Clerk' })).toEqual([0, null]);
  });

  test('negative scores keep unwanted contacts out of the mix', async () => {
    const student = await outcome(template, template, [[0, 'Form Submitted']], { title: 'Student' });
    expect(student).toEqual([0, null]);
  });

  test('the target MQL score is 40, reached by profile and activity together', async () => {
    const { scores, leads } = await course(
      executive,
      [
        [1, 'Form Submitted'],
        [2, 'Email Clicked'],
      ],
      [0.5, 1.5, 2.5],
    );
    expect(scores(template)).toEqual([
      [30, 'lead'],
      [40, 'mql'],
      [44, 'mql'],
    ]);
    expect(leads).toEqual([{ queue: 'sales', rep: 'sales', day: 1 }]);
  });

  test('the behaviour score is written into a field of the contact', async () => {
    const { fields } = await course(executive, [[1, 'Form Submitted']], [2]);
    expect(fields['behaviourScore']).toBe(10);
  });

  test('each activity has a value of its own, the highest for the most important', async () => {
    const { rules } = await modelOf(template);
    const activities = rules
      .filter(({ kind, points }) => kind === 'behaviour' && points > 0)
      .map(({ points }) => points);
    expect(new Set(activities).size).toBe(activities.length);
    expect(rules.find(({ points }) => points === Math.max(...activities))?.id).toBe('event');
  });

  test('a specific item counts instead of or as well as the generic one', async () => {
    expect(await outcome(template, template, [[0, 'page', { path: '/about' }]])).toEqual([1, 'lead']);
    expect(await outcome(template, template, [[0, 'page', { path: '/pricing' }]])).toEqual([1 + 6, 'lead']);
  });

  test('only the time period counts', async () => {
    const { scores } = await course({}, [[0, 'Event Attended']], [89, 91]);
    expect(scores(template)).toEqual([
      [20, 'lead'],
      [0, null],
    ]);
  });

  test('top, middle and bottom divide the funnel', async () => {
    const { bands } = await modelOf(template);
    expect(bands?.map(({ name, from }) => [name, from])).toEqual([
      ['Bottom', 0],
      ['Middle', 20],
      ['Top', 40],
    ]);
  });
});

describe('simple integer score', () => {
  const template = 'integer-score';
  const score = (done: readonly Done[], traits: object = {}) => outcome(template, template, done, traits);
  const ideal = { title: 'Head of Marketing', employees: 400, industry: 'Software', state: 'California' };

  test('the ideal customer leads marketing in a mid-sized technology company in California', async () => {
    expect(await score([], { title: ideal.title })).toEqual([20, null]);
    expect(await score([], { employees: 400 })).toEqual([15, null]);
    expect(await score([], { industry: 'Software' })).toEqual([10, null]);
    expect(await score([], { state: 'CA' })).toEqual([5, null]);
  });

  test('with an MQL at 50 the highest value is 25', async () => {
    const { rules } = await modelOf(template);
    expect(Math.max(...rules.map(({ points }) => points))).toBe(25);
  });

  test('one or two actions alone push nobody over the threshold', async () => {
    const { rules } = await modelOf(template);
    const [first = 0, second = 0] = rules.map(({ points }) => points).sort((a, b) => b - a);
    expect(first + second).toBeLessThan(50);
    expect(
      await score([
        [0, 'Webinar Watched', { percentWatched: 95 }],
        [1, 'Form Submitted'],
      ]),
    ).toEqual([45, null]);
  });

  test('demographic and behaviour points in one number make an MQL, who enters the queue of sales', async () => {
    const done: Done[] = [[1, 'Form Submitted']];
    const { scores, leads } = await courseOf(template, { traits: { ...ideal, state: 'Texas' }, done, days: [0.5, 2] });
    expect(scores(template)).toEqual([
      [45, null],
      [65, 'mql'],
    ]);
    expect(leads).toEqual([{ queue: 'sales', rep: 'sales', day: 1 }]);
  });

  test.each<[string, object, readonly Done[]]>([
    ['employees at a competing company', { competitor: true }, []],
    ["a country the solution doesn't serve", { country: 'Atlantis' }, []],
    ['a student', { title: 'Student of marketing' }, []],
    ['an address like donaldduck@gmail.com', { email: 'donaldduck@gmail.com' }, []],
    ['who visited the careers page', {}, [[2, 'page', { path: '/careers' }]]],
    ['who unsubscribed', {}, [[2, 'Unsubscribed']]],
  ])('points are subtracted for %s', async (_, traits, more) => {
    const done: Done[] = [
      [0, 'Form Submitted'],
      [1, 'page', { path: '/pricing' }],
    ];
    const [good = 0] = (await score(done)) ?? [];
    const [bad = 0] = (await score([...done, ...more], traits)) ?? [];
    expect(bad).toBeLessThanOrEqual(good - 15);
  });

  test('high-value and low-value downloads have different values', async () => {
    expect(await score([[0, 'Asset Downloaded', { asset: 'a', value: 'high' }]])).toEqual([15, null]);
    expect(await score([[0, 'Asset Downloaded', { asset: 'b' }]])).toEqual([5, null]);
  });

  test('how long somebody read, and how much of a webinar they watched, counts', async () => {
    expect(await score([[0, 'Content Read', { secondsOnPage: 59 }]])).toEqual([0, null]);
    expect(await score([[0, 'Content Read', { secondsOnPage: 60 }]])).toEqual([5, null]);
    expect(await score([[0, 'Webinar Watched', { percentWatched: 79 }]])).toEqual([0, null]);
    expect(await score([[0, 'Webinar Watched', { percentWatched: 80 }]])).toEqual([25, null]);
  });
});

describe.each([
  ['premium-content-businesses', 365],
  ['premium-content-consumers', 60],
])('newsletter and premium content: %s', (template, term) => {
  const score = (done: readonly Done[]) => outcome(template, template, done);
  const papers = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index): Done => [from + index, 'White Paper Downloaded']);

  test('1 point to open an e-mail and 5 points to click', async () => {
    expect(await score([[0, 'Email Opened']])).toEqual([1, null]);
    expect(await score([[0, 'Email Clicked']])).toEqual([5, null]);
  });

  test('10 to 15 points for premium content like white papers or to register for an event', async () => {
    expect(await score(papers(1))).toEqual([15, null]);
    expect(await score([[0, 'Event Registered']])).toEqual([10, null]);
    expect(await score([[0, 'Quiz Answered']])).toEqual([10, null]);
  });

  test('35 points is an MQL', async () => {
    expect(
      await score([...papers(2), [2, 'Email Opened'], [3, 'Email Opened'], [4, 'Email Opened'], [5, 'Email Opened']]),
    ).toEqual([34, null]);
    expect(await score([...papers(2), [2, 'Email Clicked']])).toEqual([35, 'mql']);
  });

  test('at 100 points an MQL becomes an SQL and is handed over to the sellers', async () => {
    const { scores, leads } = await courseOf(template, { done: papers(7), days: [5.5, 7] });
    expect(scores(template)).toEqual([
      [90, 'mql'],
      [100, 'sql'],
    ]);
    expect(leads).toEqual([{ queue: 'sales', rep: 'sales', day: 6 }]);
  });

  test('who asks for contact gets 100 points directly and goes to the Sales Development Manager alone', async () => {
    const { scores, leads } = await courseOf(template, { done: [[1, 'Contact Form Submitted']], days: [2] });
    expect(scores(template)).toEqual([[100, 'sql']]);
    expect(leads).toEqual([{ queue: 'sales-development', rep: 'sales-development-manager', day: 1 }]);
  });

  test(`the count starts again after ${term} days`, async () => {
    const { scores } = await courseOf(template, {
      done: [...papers(3), [term - 1, 'Email Clicked'], [term + 1, 'Email Opened']],
      days: [term - 0.5, term + 0.5, term + 2],
    });
    expect(scores(template)).toEqual([
      [50, 'mql'],
      [0, null],
      [1, null],
    ]);
  });
});

describe('fit and intent', () => {
  const template = 'fit-and-intent';
  const buyer = { title: 'VP Finance', industry: 'Finance', employees: 500 };
  const course = (traits: object, done: readonly Done[], days: readonly number[]) =>
    courseOf(template, { traits, done, days });

  test('one score says how closely a lead matches the persona, the other whether it shows intent', async () => {
    const { scores } = await course(buyer, [[1, 'page', { path: '/pricing' }]], [1]);
    expect(scores('fit')[0]?.[0]).toBe(90);
    expect(scores('intent')[0]?.[0]).toBe(15);
  });

  test('after the half-life a lead is half as valuable; it applies to behaviour only', async () => {
    const { scores } = await course(buyer, [[0, 'Demo Requested']], [0, 45, 90]);
    expect(scores('intent').map(([score]) => score)).toEqual([60, 30, 15]);
    expect(scores('fit').map(([score]) => score)).toEqual([90, 90, 90]);
  });

  test("'Requested a demo' is 5x higher than 'Attended webinar'", async () => {
    const demo = await course({}, [[0, 'Demo Requested']], [0]);
    const webinar = await course({}, [[0, 'Webinar Attended']], [0]);
    expect(demo.scores('intent')[0]?.[0]).toBe(5 * (webinar.scores('intent')[0]?.[0] ?? 0));
  });

  test('sales begins with leads who are a fit and demonstrate a high level of intent', async () => {
    const { leads, labels } = await course(buyer, [[1, 'Demo Requested']], [2]);
    expect(leads).toEqual([{ queue: 'sales', rep: 'sales', day: 1 }]);
    expect(labels).not.toContain('Make the case for the fit');
  });

  test('with high intent but lower fit somebody makes the case for the fit', async () => {
    const { leads, labels } = await course({ title: 'Clerk' }, [[1, 'Demo Requested']], [2]);
    expect(leads).toEqual([]);
    expect(labels).toEqual(['Make the case for the fit']);
  });

  test('strong fit but lower intent is nudged by an urgency campaign', async () => {
    const { leads, labels } = await course(buyer, [], [2]);
    expect(leads).toEqual([]);
    expect(labels).toEqual(['Urge to buy']);
  });
});

test('opens and clicks of scanners earn nothing in any template that scores them', async () => {
  const agent = { userAgent: 'Mozilla/5.0 (compatible; Mimecast)' };
  const { scores } = await courseOf('hundred-points', {
    done: [
      [0, 'Email Opened', agent],
      [0, 'Email Clicked', agent],
      [1, 'Email Clicked'],
    ],
    days: [2],
  });
  expect(scores('hundred-points')).toEqual([[2, null]]);
});
