import type { EventName, ValueKind } from './names.ts';

type Properties = Readonly<Record<string, ValueKind>>;

const mail: Properties = { emailId: 'text', subject: 'text' };
const onVideo: Properties = { title: 'text', percentWatched: 'number', secondsWatched: 'number' };

const list: readonly (readonly [id: string, name: string, properties: Properties])[] = [
  ['page', 'Visited a page', { path: 'text', url: 'text', title: 'text', referrer: 'text', secondsOnPage: 'number' }],
  ['email_opened', 'Opened an e-mail', mail],
  ['email_clicked', 'Clicked in an e-mail', { ...mail, url: 'text' }],
  ['form_submitted', 'Submitted a form', { form: 'text' }],
  ['contact_form_submitted', 'Filled out the contact form', { form: 'text' }],
  ['asset_downloaded', 'Downloaded something', { asset: 'text', topic: 'text' }],
  ['video_watched', 'Watched a video', onVideo],
  ['webinar_registered', 'Registered for a webinar', { webinar: 'text' }],
  ['webinar_attended', 'Attended a webinar', { webinar: 'text', percentWatched: 'number' }],
  ['event_registered', 'Registered for an event', { event: 'text' }],
  ['event_attended', 'Attended an event', { event: 'text' }],
  ['meeting_booked', 'Booked a meeting', {}],
  ['demo_requested', 'Requested a demo', {}],
  ['trial_started', 'Started a trial', { product: 'text' }],
  ['email_unsubscribed', 'Unsubscribed', mail],
  ['email_sent', 'Was sent an e-mail', mail],
];

/** What contacts of most workspaces do, with the properties that tell it apart: offered before any of it came. */
const usualEvents: readonly EventName[] = list.map(([id, name, properties]) => ({
  ...{ id, name, declared: false, activity: id !== 'email_sent', lastSeenAt: null, usual: true },
  properties: Object.entries(properties).map(([path, kind]) => ({ path, kind })),
}));

/** The known, each with the usual properties where none of its own were seen, then what is usual and not known yet. */
export const withUsual = (known: readonly EventName[]): EventName[] => {
  const ids = new Set(known.map(({ id }) => id));
  return [
    ...known.map((type) =>
      type.properties.length > 0
        ? type
        : { ...type, properties: usualEvents.find(({ id }) => id === type.id)?.properties ?? [] },
    ),
    ...usualEvents.filter(({ id }) => !ids.has(id)),
  ];
};
