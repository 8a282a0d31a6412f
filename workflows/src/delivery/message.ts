import { readPath, type Json, type Properties } from '@ripen/shared';

/** One thing to be told to the outside, as it is kept. */
export interface Delivery {
  id: string;
  runId: string;
  contactId: string;
  automation: string;
  node: string;
  /** It is a request: the receiver's answer matters. */
  asks: boolean;
  /** When the run said it, ms. */
  at: number;
  payload: Properties;
}

/** What a webhook carries: the same bytes in every attempt, so receivers can compare repeats. */
export const webhookBody = (delivery: Delivery): string =>
  JSON.stringify({
    id: delivery.id,
    type: delivery.asks ? 'ripen.request' : 'ripen.notification',
    timestamp: new Date(delivery.at).toISOString(),
    data: { contactId: delivery.contactId, run: delivery.runId, node: delivery.node, ...delivery.payload },
  });

const text = (value: Json | undefined): string => (typeof value === 'string' ? value.trim() : '');

const lines = (facts: Json | undefined): string =>
  typeof facts !== 'object' || facts === null
    ? ''
    : Object.entries(facts)
        .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
        .join('\n');

/** The node's own words; without any, what is known about the contact. */
const wordsOf = ({ payload }: Pick<Delivery, 'payload'>): { subject: string; body: string } => {
  const words = text(readPath(payload, 'message.body'));
  const facts = [lines(readPath(payload, 'contact.fields')), lines(readPath(payload, 'scores'))];
  return {
    // A line break in a subject would start another header.
    subject: text(readPath(payload, 'message.subject')).replace(/\s+/g, ' '),
    body: words === '' ? facts.filter((part) => part !== '').join('\n\n') : words,
  };
};

/** What an e-mail says, and what it is about. */
export const emailText = (delivery: Delivery): { subject: string; body: string } => {
  const { automation, runId, contactId } = delivery;
  const { subject, body } = wordsOf(delivery);
  const reference = `Contact ${contactId}, automation ${automation}, run ${runId}`;
  return {
    subject: subject || `Ripen: ${automation}`,
    body: [body, reference].filter((part) => part !== '').join('\n\n'),
  };
};

/** Longer ones are cut: who wants it all follows the link. */
const longestNotice = 2_000;

/** What a notice inside the product says; its contact is a link beside it. */
export const noticeText = (delivery: Pick<Delivery, 'payload'>): { subject: string; body: string } => {
  const { subject, body } = wordsOf(delivery);
  return { subject, body: body.length > longestNotice ? `${body.slice(0, longestNotice - 1)}…` : body };
};

/** What a Slack channel shows: the subject in bold over the message. */
export const slackText = (delivery: Delivery): string => {
  const { subject, body } = emailText(delivery);
  // Slack reads these three as its own; everything else is text.
  const plain = (words: string): string =>
    words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return JSON.stringify({ text: `*${plain(subject)}*\n${plain(body)}` });
};
