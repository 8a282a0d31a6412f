import type { Properties } from '@ripen/shared';

/** One thing to be told to the outside, as it is kept. */
export interface Delivery {
  id: string;
  runId: string;
  contactId: string;
  automation: string;
  node: string;
  /** When the run said it, ms. */
  at: number;
  payload: Properties;
}

/** What a webhook carries: the same bytes in every attempt, so receivers can compare repeats. */
export const webhookBody = (delivery: Delivery): string =>
  JSON.stringify({
    id: delivery.id,
    type: 'ripen.notification',
    timestamp: new Date(delivery.at).toISOString(),
    data: {
      contactId: delivery.contactId,
      automation: delivery.automation,
      runId: delivery.runId,
      node: delivery.node,
      ...delivery.payload,
    },
  });

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** What an e-mail says: the node's own words; without any, what is known. */
export const emailText = (delivery: Delivery): { subject: string; body: string } => {
  const { subject, body, ...rest } = delivery.payload;
  const facts = Object.entries(rest).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const reference = `Contact ${delivery.contactId}, automation ${delivery.automation}, run ${delivery.runId}`;
  return {
    // A line break in a subject would start another header.
    subject: text(subject).replace(/\s+/g, ' ') || `Ripen: ${delivery.automation}`,
    body: [text(body), facts.join('\n'), reference].filter((part) => part !== '').join('\n\n'),
  };
};
