import { createHmac } from 'node:crypto';

const secretPrefix = 'whsec_';

/** The key in a secret of the Standard Webhooks convention: base64 behind `whsec_`; any other text is its own bytes. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith(secretPrefix)
    ? Buffer.from(secret.slice(secretPrefix.length), 'base64')
    : Buffer.from(secret, 'utf8');

export interface SignatureHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/**
 * Headers that prove who sent `body` and when, by the Standard Webhooks convention (standardwebhooks.com). Written here
 * because it is one line of HMAC; tests check it against the convention's own library.
 */
export const signatureHeaders = (message: {
  id: string;
  timestampMs: number;
  body: string;
  secret: string;
}): SignatureHeaders => {
  const timestamp = String(Math.floor(message.timestampMs / 1_000));
  const signed = `${message.id}.${timestamp}.${message.body}`;
  const signature = createHmac('sha256', keyOf(message.secret)).update(signed).digest('base64');
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
};
