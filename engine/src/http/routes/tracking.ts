import {
  acceptedSchema,
  batchBodySchema,
  callBodySchema,
  callTypes,
  importQuery,
  maxBatchBytes,
  maxBatchEvents,
  parseMoment,
  type Accepted,
  type CallType,
} from '@ripen/shared';
import { acceptEvents, type AcceptOptions, type EventOutcome } from '../../ingest/accept-events.ts';
import { IdentityContentionError } from '../../ingest/resolve-contacts.ts';
import type { HttpDeps } from '../deps.ts';
import { Problem, tooBusy } from '../problem.ts';
import { route, type Route } from '../route.ts';

const accept = async (deps: HttpDeps, events: readonly unknown[], options: AcceptOptions): Promise<EventOutcome[]> => {
  try {
    const outcomes = await acceptEvents(deps, events, options);
    for (const { status } of outcomes) deps.metrics.events.inc({ outcome: status });
    deps.pressure.took(outcomes.filter(({ status }) => status === 'accepted').length);
    return outcomes;
  } catch (error) {
    if (error instanceof IdentityContentionError) throw tooBusy(error.message, 1);
    throw error;
  }
};

const summary = (outcomes: readonly EventOutcome[]): Accepted => {
  const result: Accepted = { success: true, accepted: 0, duplicates: 0, errors: [] };
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.status === 'accepted') result.accepted++;
    else if (outcome.status === 'duplicate') result.duplicates++;
    else result.errors.push({ index, messageId: outcome.messageId, error: outcome.error });
  }
  return result;
};

const common = {
  method: 'post',
  permission: 'ingest',
  tag: 'Tracking',
  keyInBody: true,
  maxBodyBytes: maxBatchBytes,
  response: acceptedSchema,
} as const;

/** 200 even when events were refused: libraries would send the whole batch again, for ever. The refused are listed. */
const batch = (path: string, summaryText: string): Route =>
  route({
    ...common,
    path,
    summary: summaryText,
    description: `At most ${maxBatchBytes / 1024} KB (gzip counts inflated) and ${maxBatchEvents} events of 32 KB. Refused events are listed in \`errors\`; the others are taken in.`,
    query: importQuery,
    body: batchBodySchema,
    handle: async ({ body, query, now }, deps) => {
      if (body.batch.length > maxBatchEvents) {
        throw new Problem(
          413,
          'too_many_events',
          `The batch has ${body.batch.length} events; ${maxBatchEvents} is the most.`,
        );
      }
      const importId = query.import ?? body.importId ?? null;
      return summary(await accept(deps, body.batch, { now, sentAt: parseMoment(body.sentAt), importId }));
    },
  });

const call = (type: CallType): Route =>
  route({
    ...common,
    path: `/v1/${type}`,
    summary: `Take one ${type} call in`,
    body: callBodySchema,
    handle: async ({ body, now }, deps) => {
      const outcomes = await accept(deps, [body], { now, sentAt: parseMoment(body.sentAt), type });
      const [outcome] = outcomes;
      if (outcome?.status === 'refused') throw new Problem(400, outcome.error.code, outcome.error.message);
      return summary(outcomes);
    },
  });

/** Segment's HTTP tracking API. */
export const trackingRoutes: Route[] = [
  batch('/v1/batch', 'Take a batch of calls in'),
  batch('/v1/import', 'Take a batch of calls in; the older name'),
  ...callTypes.map(call),
];
