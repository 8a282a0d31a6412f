import { expect, test } from 'vitest';
import { emailText, slackText, webhookBody, type Delivery } from './message.ts';

const delivery: Delivery = {
  id: 'd',
  runId: 'r',
  contactId: 'c',
  automation: 'card',
  node: 'tell',
  asks: false,
  at: Date.UTC(2026, 0, 2),
  payload: { message: { subject: 'Hot\r\nBcc: all@example.com', body: 'Call now' } },
};

test('a webhook carries the same bytes every time, with its id inside', () => {
  expect(webhookBody(delivery)).toBe(webhookBody({ ...delivery }));
  expect(JSON.parse(webhookBody(delivery))).toEqual({
    id: 'd',
    type: 'ripen.notification',
    timestamp: '2026-01-02T00:00:00.000Z',
    data: { contactId: 'c', run: 'r', node: 'tell', ...delivery.payload },
  });
});

test('an e-mail subject is one line', () => {
  expect(emailText(delivery).subject).toBe('Hot Bcc: all@example.com');
  expect(emailText(delivery).body).toContain('Call now');
});

test('an e-mail without words says what is known', () => {
  const { subject, body } = emailText({
    ...delivery,
    payload: { message: { subject: '', body: '' }, scores: { fit: 72 } },
  });
  expect(subject).toBe('Ripen: card');
  expect(body).toContain('fit: 72');
  expect(body).toContain('Contact c');
});

test('what a contact is called is no markup in Slack', () => {
  const told = slackText({ ...delivery, payload: { message: { subject: '<!channel> & co', body: 'x' } } });
  expect((JSON.parse(told) as { text: string }).text).toMatch(/^\*&lt;!channel&gt; &amp; co\*\n/);
});
