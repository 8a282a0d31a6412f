import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { PressureState } from '../ingest/pressure.ts';

export interface HttpMetrics {
  registry: Registry;
  requests: Histogram<'route' | 'method' | 'status'>;
  events: Counter<'outcome'>;
  refusals: Counter<'cause'>;
  /** Shows what waits in the database; null: it cannot be known. */
  showPressure(state: PressureState | null): void;
}

/** Figures of one process; the routes of operations add those of the database when they are asked for. */
export const createMetrics = (): HttpMetrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers: [registry] });
  const gauges: [Gauge, (state: PressureState) => number | null][] = [
    [gauge('ripen_ingest_accepting', '1 while events are taken in'), (state) => Number(state.accepting)],
    [gauge('ripen_inbox_waiting', 'Arrivals that wait to be applied, at most'), (state) => state.waiting],
    [gauge('ripen_outbox_waiting', 'Rows that wait for Temporal, at most'), (state) => state.outbox.waiting],
    [gauge('ripen_outbox_carried_per_second', 'Pace of the outbox'), (state) => state.outbox.perSecond],
    [
      gauge('ripen_outbox_stalled', '1 while rows wait and none is carried to Temporal'),
      (state) => Number(state.outbox.state === 'stalled'),
    ],
  ];
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
    refusals: new Counter({
      name: 'ripen_ingest_refusals_total',
      help: 'Requests answered 429, by what there was too much of',
      labelNames: ['cause'],
      registers: [registry],
    }),
    showPressure: (state) => {
      for (const [shown, valueOf] of gauges) shown.set((state && valueOf(state)) ?? NaN);
    },
  };
};
