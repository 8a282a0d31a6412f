import type { ActivityOptions } from '@temporalio/workflow';

/** A database or server that is away comes back: keep trying, at most a minute apart. */
const patient = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' } as const;

/** Drains: as long as there is work, with heartbeats, so that the death of a worker is noticed within seconds. */
export const drainOptions = {
  startToCloseTimeout: '10m',
  heartbeatTimeout: '10s',
  retry: { ...patient, maximumInterval: '10s' },
} as const satisfies ActivityOptions;

/** Short transactions. */
export const shortOptions = { startToCloseTimeout: '30s', retry: patient } as const satisfies ActivityOptions;

/** Calls to the outside: about a day of attempts, at most a quarter of an hour apart, then given up visibly. */
export const deliveryOptions = {
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '15m', maximumAttempts: 100 },
} as const satisfies ActivityOptions;

/**
 * Jobs of hours, in short transactions: progress travels with the heartbeats. Whoever cancels a job hears that it is cancelled
 * only when it has really stopped.
 */
export const jobOptions = {
  startToCloseTimeout: '7d',
  heartbeatTimeout: '30s',
  retry: patient,
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
} as const satisfies ActivityOptions;
