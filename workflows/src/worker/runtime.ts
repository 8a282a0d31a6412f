import { makeTelemetryFilterString, Runtime, type LogLevel, type LogMetadata } from '@temporalio/worker';
import type { Logger } from 'pino';

const levels: Record<LogLevel, 'trace' | 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  // The SDK tells of every state of every worker; that is ours to say.
  INFO: 'debug',
  WARN: 'warn',
  ERROR: 'error',
};

/**
 * Sends the SDK's words to our log, leaves the process's signals to us, and serves Temporal's own metrics to Prometheus at
 * `metricsAddress` (host:port) if given. Once per process, before anything connects.
 */
export const installRuntime = (logger: Logger, metricsAddress: string | null): void => {
  const log = (level: LogLevel, message: string, details: LogMetadata = {}): void => {
    const { error, ...rest } = details;
    logger[levels[level]]({ ...rest, ...(error === undefined ? {} : { err: error }) }, message);
  };
  Runtime.install({
    logger: {
      log,
      trace: (message, details) => log('TRACE', message, details),
      debug: (message, details) => log('DEBUG', message, details),
      info: (message, details) => log('INFO', message, details),
      warn: (message, details) => log('WARN', message, details),
      error: (message, details) => log('ERROR', message, details),
    },
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
      ...(metricsAddress === null ? {} : { metrics: { prometheus: { bindAddress: metricsAddress } } }),
    },
    shutdownSignals: [],
  });
};
