import { runWorkflowId, type runSchema } from '@ripen/shared';
import type { z } from 'zod';
import { NotFoundError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';
import { cardColumns } from './contact-rows.ts';
import { iso, isoDateOrNull } from './moments.ts';
import type { Names } from './names.ts';
import { runColumns, runItem, type RunRow } from './run-rows.ts';

/** Where Temporal's own pages are. */
export interface TemporalUi {
  url: string;
  namespace: string;
}

interface Step {
  node: string;
  at: number;
  port: string | null;
  note: string | null;
}

interface WholeRow extends RunRow {
  message_id: string | null;
  waiting: unknown;
  trail: Step[];
  has_workflow: boolean;
}

interface DeliveryRow {
  id: string;
  node: string;
  channel: string;
  status: string;
  at: number;
  attempts: number;
  last_error: string | null;
  delivered_at: Date | null;
  payload: unknown;
}

interface AskRow {
  id: string;
  node: string;
  what: string;
  queue: string;
  held: boolean;
  at: number;
  answered_at: Date | null;
  lead: string | null;
}

const workflowUrl = (ui: TemporalUi | null, workflowId: string | null): string | null =>
  ui === null || workflowId === null
    ? null
    : `${ui.url.replace(/\/+$/, '')}/namespaces/${encodeURIComponent(ui.namespace)}/workflows/${encodeURIComponent(workflowId)}`;

/** A run with its trail, and what it told and asked. Throws NotFoundError. */
export const readRun = async (
  db: Queryable,
  names: Names,
  id: string,
  temporalUi: TemporalUi | null = null,
): Promise<z.output<typeof runSchema>> => {
  const [runs, deliveries, asks] = await Promise.all([
    db.query<WholeRow & Record<string, unknown>>(
      `select ${runColumns}, r.message_id, r.waiting, r.trail, r.has_workflow, ${cardColumns}
       from runs r left join contact_cards card using (contact_id) where r.id = $1`,
      [id],
    ),
    db.query<DeliveryRow & Record<string, unknown>>(
      `select id, node, channel, status, at, attempts, last_error, delivered_at, payload
       from deliveries where run_id = $1 order by at, id`,
      [id],
    ),
    db.query<AskRow & Record<string, unknown>>(
      // A lead has the id of the ask that it came of.
      `select a.id, a.node, a.what, a.queue, a.held, a.at, a.answered_at, l.id as lead
       from asks a left join leads l on l.id = a.id where a.run_id = $1 order by a.at, a.id`,
      [id],
    ),
  ]);
  const run = runs.rows[0];
  if (!run) throw new NotFoundError('run', id);
  const workflowId = run.has_workflow ? runWorkflowId(run.id) : null;
  return {
    ...runItem(names, run),
    messageId: run.message_id,
    waiting: run.waiting,
    trail: run.trail.map((step) => {
      const node = names.node(run.automation, run.version, step.node);
      return { ...step, type: node?.type ?? null, title: node?.title ?? null, at: iso(step.at) };
    }),
    deliveries: deliveries.rows.map(({ last_error, delivered_at, at, ...row }) => ({
      ...row,
      channelName: names.channel(row.channel),
      at: iso(at),
      lastError: last_error,
      deliveredAt: isoDateOrNull(delivered_at),
    })),
    asks: asks.rows.map(({ answered_at, at, ...row }) => ({
      ...row,
      queueName: names.queue(row.queue),
      at: iso(at),
      answeredAt: isoDateOrNull(answered_at),
    })),
    workflowId,
    temporalUrl: workflowUrl(temporalUi, workflowId),
  };
};
