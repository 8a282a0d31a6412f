import type { RequestHandler } from 'express';

/** Nothing is loaded from elsewhere; styles are inlined by the UI's and the docs' libraries. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export const securityHeaders: RequestHandler = (_request, response, next) => {
  response.setHeader('content-security-policy', contentSecurityPolicy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('x-frame-options', 'DENY');
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  next();
};

/** Tracking calls come from any website: no cookies are involved, the write key says who. */
export const trackingCors: RequestHandler = (request, response, next) => {
  response.setHeader('access-control-allow-origin', '*');
  if (request.method !== 'OPTIONS') {
    next();
    return;
  }
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader('access-control-allow-headers', 'authorization, content-type, content-encoding, x-retry-count');
  response.setHeader('access-control-max-age', '86400');
  response.status(204).end();
};
