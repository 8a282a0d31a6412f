import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

export interface HttpMetrics {
  registry: Registry;
  requests: Histogram<'route' | 'method' | 'status'>;
  events: Counter<'outcome'>;
}

/** Figures of one process; the routes of operations add those of the database when they are asked for. */
export const createMetrics = (): HttpMetrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: 'ripen_http_request_seconds',
      help: 'Time to answer, by route',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [registry],
    }),
    events: new Counter({
      name: 'ripen_ingest_events_total',
      help: 'Events taken in, by what became of them',
      labelNames: ['outcome'],
      registers: [registry],
    }),
  };
};
