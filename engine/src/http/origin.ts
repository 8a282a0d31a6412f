import type { IncomingMessage } from 'node:http';

/** Where a request was made: on a page of ours, on somebody else's, or by a program that does not say. */
export type Origin = 'same' | 'other' | 'unknown';

type Headers = Pick<IncomingMessage, 'headers'>;

/**
 * Browsers say it with `Sec-Fetch-Site`; where they do not (older ones, plain http to another machine) with `Origin`, whose
 * host must be ours. A proxy that hands on another `Host` needs `publicUrl`.
 */
export const originOf = ({ headers }: Headers, publicUrl: string | null): Origin => {
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string') return site === 'same-origin' || site === 'none' ? 'same' : 'other';
  const { origin, host } = headers;
  if (origin === undefined) return 'unknown';
  if (!URL.canParse(origin)) return 'other';
  const from = new URL(origin);
  if (host !== undefined && from.host === host.toLowerCase()) return 'same';
  return publicUrl !== null && from.origin === new URL(publicUrl).origin ? 'same' : 'other';
};

/** Whether a browser made it: a challenge for basic authentication would make it open a window of its own. */
export const isBrowser = ({ headers }: Headers): boolean =>
  headers['sec-fetch-site'] !== undefined || headers.origin !== undefined;

/** Whether the answer goes out by https, as far as this end can tell. */
export const isByHttps = ({ headers, secure }: Headers & { secure: boolean }, publicUrl: string | null): boolean => {
  if (secure || publicUrl === null) return secure;
  const { protocol, host } = new URL(publicUrl);
  return protocol === 'https:' && headers.host?.toLowerCase() === host;
};

const handedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Whether a request was made on this machine under one of its own names: not through a proxy, which may hand on anybody's, and
 * not on a website whose name was pointed at this machine.
 */
export const isFromThisMachine = ({ headers }: Headers): boolean =>
  handedOn.every((name) => headers[name] === undefined) &&
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(headers.host ?? '');
