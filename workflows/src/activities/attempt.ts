import { Context } from '@temporalio/activity';

const beatMs = 2_000;

/**
 * Runs long work with heartbeats, so that the server hands it to another worker within seconds of this one's death. The
 * signal aborts when the activity is cancelled or its worker shuts down, and after `atMostMs` if given.
 */
export const withHeartbeats = async <T>(work: (signal: AbortSignal) => Promise<T>, atMostMs?: number): Promise<T> => {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), beatMs);
  const { cancellationSignal } = context;
  try {
    const limits = atMostMs === undefined ? [] : [AbortSignal.timeout(atMostMs)];
    return await work(AbortSignal.any([cancellationSignal, ...limits]));
  } finally {
    clearInterval(beat);
  }
};
