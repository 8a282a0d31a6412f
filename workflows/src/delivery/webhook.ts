import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { assertPublicLiteral, guardedLookup } from './guarded-lookup.ts';
import { DeliveryError } from './failure.ts';
import { signatureHeaders } from './signature.ts';

export interface Webhook {
  /** The delivery's id: the receiver's key for knowing repeats. */
  id: string;
  url: string;
  body: string;
  /** With which it is signed; null for those who check nothing. */
  secret: string | null;
}

/** What a receiver that took it said. */
export interface Response {
  status: number;
  contentType: string;
  text: string;
  /** Nothing was left unread. */
  whole: boolean;
}

/** Which private addresses may be called: all, or those of these hosts (`host` or `host:port`, as in the URL). */
export type PrivateAddresses = 'allowed' | ReadonlySet<string>;

export interface WebhookSettings {
  privateAddresses: PrivateAddresses;
  /** For the whole exchange. */
  timeoutMs: number;
  now: () => number;
}

/** What is kept of an answer. More is not read. */
const answerBytes = 16_384;
/** A receiver may not put us off for longer than this. */
const longestRetryAfterMs = 3_600_000;

/**
 * Posts a signed webhook. Resolves on any 2xx with what was said. Throws DeliveryError; redirects are not followed, because what was checked
 * and signed is this address.
 */
export const postWebhook = async (webhook: Webhook, settings: WebhookSettings): Promise<Response> => {
  const url = new URL(webhook.url);
  const guarded = settings.privateAddresses !== 'allowed' && !settings.privateAddresses.has(url.host);
  if (guarded) assertPublicLiteral(url.hostname);
  const { statusCode = 0, statusMessage, headers, text, whole } = await exchange(url, webhook, settings, guarded);
  if (statusCode >= 200 && statusCode < 300)
    return { status: statusCode, contentType: headers['content-type'] ?? '', text, whole };
  const said = text === '' ? '' : `: ${text.slice(0, 300)}`;
  throw new DeliveryError(`${url.host} answered ${statusCode} ${statusMessage ?? ''}`.trim() + said, {
    permanent: isPermanent(statusCode),
    retryAfterMs: retryAfterMs(headers['retry-after'], settings.now()),
  });
};

/** Redirects and refusals stay what they are; a timeout (408), too early (425) and too many (429) pass. */
const isPermanent = (status: number): boolean => status >= 300 && status < 500 && ![408, 425, 429].includes(status);

const retryAfterMs = (header: string | undefined, now: number): number | null => {
  if (header === undefined) return null;
  const waitMs = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(waitMs) && waitMs > 0 ? Math.min(waitMs, longestRetryAfterMs) : null;
};

interface Answer extends Pick<IncomingMessage, 'statusCode' | 'statusMessage' | 'headers'> {
  text: string;
  whole: boolean;
}

const exchange = (url: URL, webhook: Webhook, settings: WebhookSettings, guarded: boolean): Promise<Answer> => {
  const signal = AbortSignal.timeout(settings.timeoutMs);
  const { secret } = webhook;
  const options: RequestOptions = {
    method: 'POST',
    // A connection of its own: a kept one would have passed its check long ago.
    agent: false,
    signal,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(webhook.body),
      'user-agent': 'Ripen-Webhooks/1',
      'idempotency-key': webhook.id,
      ...(secret === null ? {} : signatureHeaders({ ...webhook, secret, timestampMs: settings.now() })),
    },
    ...(guarded ? { lookup: guardedLookup() } : {}),
  };
  return new Promise<Answer>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (response) => {
      readStart(response).then((start) => {
        const { statusCode, statusMessage, headers } = response;
        resolve({ statusCode, statusMessage, headers, ...start });
      }, reject);
    });
    request.on('error', reject);
    request.end(webhook.body);
  }).catch((error: unknown) => {
    throw asDeliveryError(error, url, signal, settings.timeoutMs);
  });
};

const asDeliveryError = (error: unknown, url: URL, signal: AbortSignal, timeoutMs: number): DeliveryError => {
  if (error instanceof DeliveryError) return error;
  if (signal.aborted) return new DeliveryError(`${url.host} did not answer within ${timeoutMs} ms.`, { cause: error });
  // Several addresses, several failures: the message of the whole is empty.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const reason = first instanceof Error ? first.message : String(first);
  return new DeliveryError(`${url.host} could not be reached: ${reason}`, { cause: error });
};

/** The start of an answer as text; the rest is thrown away with the connection. */
const readStart = async (response: IncomingMessage): Promise<{ text: string; whole: boolean }> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    // Without an encoding set, streams of responses give buffers.
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > answerBytes) break;
  }
  const text = Buffer.concat(chunks).subarray(0, answerBytes).toString('utf8').trim();
  return { text, whole: size <= answerBytes };
};
