import express, { type ErrorRequestHandler, type Express } from 'express';
import { createAuthenticator } from '../auth/authenticate.ts';
import { createSessions } from '../auth/sessions.ts';
import { createHub } from '../live/hub.ts';
import { createPresence } from '../live/presence.ts';
import { createPressure } from '../ingest/pressure.ts';
import type { LaneDeps } from '../lanes/deps.ts';
import { usualPatience } from '../read/patience.ts';
import { createScoreSamples } from '../read/score-sample.ts';
import { noThroughputLog } from '../read/throughput.ts';
import { answer, sendProblem, type AnswerOptions } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { docsAssets } from './docs.ts';
import { createMetrics } from './metrics.ts';
import { Problem } from './problem.ts';
import { allRoutes } from './routes/index.ts';
import { securityHeaders, trackingCors } from './security-headers.ts';
import { serveUi } from './ui.ts';

export interface AppOptions extends AnswerOptions {
  /** Folder of the built UI, served at `/` when it exists. */
  uiDir?: string | undefined;
  /** Proxies in front whose `X-Forwarded-*` is believed: how many, or their addresses. None unless given. */
  trustedProxies?: number | string | undefined;
}

/** What an application needs from its process; the rest has defaults that fit tests and processes without Temporal. */
export type AppDeps = LaneDeps & Pick<HttpDeps, 'clock'> & Partial<HttpDeps>;

const noTemporal = (): Promise<never> =>
  Promise.reject(new Problem(503, 'temporal_unreachable', 'This process knows no Temporal to do long work with.'));

const complete = (given: AppDeps): HttpDeps => {
  const sessions = given.sessions ?? createSessions(given.store);
  const logger = given.logger ?? given.store.logger;
  const live = createHub({ listener: given.store.listener, logger }, { onSessions: () => sessions.forget() });
  return { ...defaults(given), sessions, logger, live, ...given };
};

const defaults = (given: AppDeps): Omit<HttpDeps, keyof LaneDeps | 'clock' | 'sessions' | 'logger' | 'live'> => ({
  authenticator: createAuthenticator(given.store.pool),
  presence: createPresence(given.store),
  pressure: createPressure(given.store.pool),
  metrics: createMetrics(),
  startRebuild: noTemporal,
  startImpact: noTemporal,
  startBackTest: noTemporal,
  startInFlight: noTemporal,
  startVoid: noTemporal,
  runMaintenance: noTemporal,
  runScheduled: noTemporal,
  startJob: noTemporal,
  startSample: noTemporal,
  cancelJob: noTemporal,
  temporalReachable: () => Promise.resolve(null),
  workers: () => Promise.resolve(null),
  temporalUi: null,
  throughput: noThroughputLog,
  scoreSamples: createScoreSamples(),
  patience: usualPatience,
  version: '0',
  openStatus: false,
  publicUrl: null,
  routes: allRoutes,
});

/** The HTTP application, made of the routes' registry. It has no other way in. */
export const createApp = (given: AppDeps, options: AppOptions = {}): Express => {
  const deps = complete(given);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  if (options.trustedProxies !== undefined) app.set('trust proxy', options.trustedProxies);
  app.use(securityHeaders);
  app.use('/v1', trackingCors);
  for (const route of deps.routes) app[route.method](route.path, answer(route, deps, options));
  app.use('/api/docs/assets', docsAssets());
  if (options.uiDir) app.use(serveUi(options.uiDir));
  app.use((request, response) => {
    request.resume();
    const known = deps.routes.filter((route) => matches(route.path, request.path));
    const problem =
      known.length > 0
        ? new Problem(405, 'method_not_allowed', `${request.method} is not possible here.`, {
            headers: { allow: known.map((route) => route.method.toUpperCase()).join(', ') },
          })
        : new Problem(
            404,
            'unknown_route',
            `There is no ${request.method} ${request.path.slice(0, 200)}. See /api/docs.`,
          );
    sendProblem(problem, deps, request, response);
  });
  const last: ErrorRequestHandler = (error: unknown, request, response, _next) => {
    sendProblem(clientFault(error) ?? error, deps, request, response);
  };
  app.use(last);
  return app;
};

const matches = (path: string, actual: string): boolean => {
  const wanted = path.split('/');
  const given = actual.split('/');
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith(':') || part === given[index]);
};

/** Express's own complaints about requests (a path that cannot be decoded) carry a 4xx status. */
const clientFault = (error: unknown): Problem | null => {
  const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;
  return status >= 400 && status < 500 ? new Problem(status, 'invalid_request', 'The request cannot be read.') : null;
};
