import { pino, type Logger, type LoggerOptions } from 'pino';

/**
 * The log of a process, as JSON lines on its output. Written through Node's own stream: pino's writer waits for ever on a
 * pipe whose reader was killed, and a part that outlived its supervisor could not even end.
 */
export const processLogger = (options: LoggerOptions): Logger => {
  const nobodyReads = (): void => undefined;
  process.stdout.on('error', nobodyReads);
  process.stderr.on('error', nobodyReads);
  return pino(options, process.stdout);
};
