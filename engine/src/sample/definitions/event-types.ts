import { eventTypeSchema, type EventType } from '@ripen/shared';

const names: readonly (readonly [id: string, name: string, activity?: false])[] = [
  ['page', 'Viewed a page'],
  ['email_opened', 'Opened an e-mail'],
  ['email_clicked', 'Clicked an e-mail'],
  ['email_unsubscribed', 'Unsubscribed', false],
  ['email_bounced', 'E-mail bounced', false],
  ['guide_downloaded', 'Downloaded a guide'],
  ['contact_form_submitted', 'Filled out the contact form'],
  ['webinar_registered', 'Registered for a webinar'],
  ['webinar_attended', 'Attended a webinar'],
  ['trial_started', 'Started a trial'],
  ['feature_used', 'Used a feature'],
  ['teammate_invited', 'Invited a colleague'],
  ['meeting_booked', 'Booked a meeting'],
];

/** What contacts do, in words. What is done to them is no activity of theirs: it keeps nobody awake. */
export const sampleEventTypes: EventType[] = names.map(([id, name, activity = true]) =>
  eventTypeSchema.parse({ kind: 'event_type', id, name, activity }),
);
