import type { Weighted } from '../dice.ts';
import { features, guides, newsletters, webinars } from './content.ts';
import type { Diary } from './diary.ts';
import type { Calendar } from './calendar.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const plans: Weighted<string> = [
  [3, 'Team'],
  [1, 'Business'],
];
const topics: Weighted<string> = [
  [4, 'Prices'],
  [3, 'A demonstration'],
  [2, 'Security'],
];

const times = (count: number, work: () => void): void => {
  for (let left = Math.round(count); left > 0; left--) work();
};

/** Comes by now and then. */
export const browse = (diary: Diary, visits: number): void =>
  times(visits, () => void diary.visit(diary.moment(), 4, diary.dice.chance(0.05) ? '/pricing' : undefined));

/** Gets the newsletter: opens some, clicks some, and may have enough of it. */
export const readMail = (diary: Diary, calendar: Calendar, opens: number, clicks: number): void => {
  const { dice, span } = diary;
  for (const [index, sentAt] of calendar.newsletters.entries()) {
    if (sentAt < Math.max(span.from, diary.knownFrom) || sentAt >= span.to || !dice.chance(opens)) continue;
    const email = newsletters[index % newsletters.length] ?? newsletters[0];
    const at = Math.floor(sentAt + dice.waiting(9) * hourMs);
    diary.track(at, 'Email Opened', { email: `${email} ${index + 1}` });
    if (dice.chance(0.015)) {
      diary.track(at + minuteMs, 'Email Unsubscribed', { email: `${email} ${index + 1}` });
      return;
    }
    if (!dice.chance(clicks)) continue;
    const pricing = dice.chance(0.16);
    const link = pricing ? '/pricing' : '/blog';
    diary.track(at + minuteMs, 'Email Clicked', { email: `${email} ${index + 1}`, link });
    if (!pricing || dice.chance(0.6)) diary.visit(at + minuteMs + 5_000, 2, pricing ? '/pricing' : undefined);
  }
};

/** Reads guides and comes to webinars. */
export const learn = (diary: Diary, calendar: Calendar, eager: number): void => {
  const { dice, span } = diary;
  times(dice.waiting(1.2 * eager), () => {
    const at = diary.visit(diary.moment(), 3);
    diary.track(at, 'Guide Downloaded', { guide: dice.pick(guides) });
  });
  for (const [index, at] of calendar.webinars.entries()) {
    if (at < span.from || at >= span.to || !dice.chance(0.18 * eager)) continue;
    const webinar = webinars[index % webinars.length] ?? webinars[0];
    diary.track(Math.floor(at - dice.between(1, 9) * dayMs), 'Webinar Registered', { webinar });
    if (dice.chance(0.35)) continue;
    const percentWatched = Math.min(100, dice.whole(15, 120));
    diary.track(at + dice.whole(40, 75) * minuteMs, 'Webinar Attended', { webinar, percentWatched });
    if (dice.chance(0.3))
      diary.track(at + dice.whole(80, 2_400) * minuteMs, 'Guide Downloaded', { guide: dice.pick(guides) });
  }
};

/** Compares: the product, the customers, the prices. */
export const evaluate = (diary: Diary, visits: number): void =>
  times(visits, () => void diary.visit(diary.moment(), 5, diary.dice.chance(0.3) ? '/pricing' : undefined));

/** Wants it: within two weeks pricing, a trial or a form, and often a meeting. */
export const buy = (diary: Diary): void => {
  const { dice, span } = diary;
  const start = diary.moment({ from: span.from, to: span.to - (dice.chance(0.85) ? 10 : 0) * dayMs });
  const weeks = { from: start, to: start + 14 * dayMs };
  times(dice.between(2, 5), () => void diary.visit(diary.moment(weeks), 4, '/pricing'));
  if (dice.chance(0.75)) {
    const trial = diary.moment(weeks);
    diary.track(trial, 'Trial Started', { plan: dice.weighted(plans) });
    const trying = { from: trial, to: trial + 21 * dayMs };
    times(dice.between(2, 14), () =>
      diary.track(diary.moment(trying), 'Feature Used', { feature: dice.pick(features) }),
    );
    times(dice.waiting(0.9), () => diary.track(diary.moment(trying), 'Teammate Invited'));
  }
  if (dice.chance(0.45)) {
    const topic = dice.weighted(topics);
    diary.track(diary.moment(weeks), 'Contact Form Submitted', { topic });
  }
  if (dice.chance(0.5))
    diary.track(diary.moment({ from: start + 4 * dayMs, to: start + 20 * dayMs }), 'Meeting Booked');
};
