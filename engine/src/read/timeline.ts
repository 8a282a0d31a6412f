import { toPoints, type timelineItemSchema } from '@ripen/shared';
import type { z } from 'zod';
import { iso, isoOrNull } from './moments.ts';
import { InvalidRequestError } from './invalid-request.ts';
import type { Names } from './names.ts';
import { cursorOf, placeOf } from './page.ts';
import type { Queryable } from '../store/store.ts';

type Item = z.output<typeof timelineItemSchema>;
export const timelineKinds = ['event', 'points', 'move', 'run', 'lead'] as const;
type Kind = (typeof timelineKinds)[number];

/** Where each source goes on: all are newest first by their own index. */
type Place = [
  event: number,
  points: number,
  move: number,
  runAt: number,
  runId: string,
  leadAt: number,
  leadId: string,
];
const newest: Place = [
  Number.MAX_SAFE_INTEGER,
  2_147_483_647,
  2_147_483_647,
  Number.MAX_SAFE_INTEGER,
  '',
  Number.MAX_SAFE_INTEGER,
  '',
];

interface Found {
  at: number;
  item: Item;
  /** The place after this one. */
  move: (place: Place) => void;
}

interface Asked {
  names: Names;
  contact: { id: string; generation: number };
  place: Place;
  limit: number;
}

type Source = (db: Queryable, asked: Asked) => Promise<Found[]>;

const events: Source = async (db, { names, contact: { id }, place, limit }) => {
  const { rows } = await db.query<{
    seq: number;
    message_id: string;
    type: string;
    occurred_at: number;
    arrived_at: number;
    backfilled: boolean;
    properties: unknown;
    fields: unknown;
    notes: string[] | null;
  }>(
    `select seq, message_id, type, occurred_at, arrived_at, backfilled, properties, fields, notes
     from events where contact_id = $1 and seq < $2 order by seq desc limit $3`,
    [id, place[0], limit],
  );
  return rows.map((row) => ({
    at: row.arrived_at,
    item: {
      kind: 'event',
      at: iso(row.arrived_at),
      id: `event-${row.seq}`,
      messageId: row.message_id,
      type: row.type,
      typeName: names.eventType(row.type),
      occurredAt: iso(row.occurred_at),
      backfilled: row.backfilled,
      properties: row.properties,
      fields: row.fields,
      notes: row.notes ?? [],
    },
    move: (next) => void (next[0] = row.seq),
  }));
};

const points: Source = async (db, { names, contact: { id, generation }, place, limit }) => {
  const { rows } = await db.query<{
    id: string;
    seq: number;
    model: string;
    group: string | null;
    kind: string;
    points: number;
    at: number;
    earned_at: number;
    cause: string;
    message_id: string | null;
    run_id: string | null;
    expires_at: number | null;
    reason: string | null;
  }>(
    `select id, seq, model, "group", kind, points, at, earned_at, cause, message_id, run_id, expires_at,
       case when kind in ('adjustment', 'void') then (
         select properties->>'reason' from events e where e.contact_id = $1 and e.message_id = l.message_id
           and e.type in ('ripen.adjust', 'ripen.void') limit 1) end as reason
     from ledger l where contact_id = $1 and generation = $2 and seq < $3 order by seq desc limit $4`,
    [id, generation, place[1], limit],
  );
  return rows.map((row) => ({
    at: row.at,
    item: {
      kind: 'points',
      at: iso(row.at),
      id: row.id,
      model: row.model,
      modelName: names.model(row.model),
      group: row.group,
      groupName: row.group === null ? null : names.group(row.model, row.group),
      entry: row.kind,
      points: toPoints(row.points),
      ...names.cause(row.cause, row.model),
      messageId: row.message_id,
      runId: row.run_id,
      earnedAt: iso(row.earned_at),
      expiresAt: isoOrNull(row.expires_at),
      reason: row.reason,
    },
    move: (next) => void (next[1] = row.seq),
  }));
};

const moves: Source = async (db, { names, contact: { id, generation }, place, limit }) => {
  const { rows } = await db.query<{
    id: string;
    seq: number;
    at: number;
    from_stage: string | null;
    to_stage: string | null;
    passed: string[];
    cause: string;
    message_id: string | null;
  }>(
    `select id, seq, at, from_stage, to_stage, passed, cause, message_id
     from moves where contact_id = $1 and generation = $2 and seq < $3 order by seq desc limit $4`,
    [id, generation, place[2], limit],
  );
  return rows.map((row) => ({
    at: row.at,
    item: {
      kind: 'move',
      at: iso(row.at),
      id: row.id,
      from: row.from_stage,
      fromName: names.stageOrNull(row.from_stage),
      to: row.to_stage,
      toName: names.stageOrNull(row.to_stage),
      passed: row.passed,
      ...names.cause(row.cause, null),
      messageId: row.message_id,
    },
    move: (next) => void (next[2] = row.seq),
  }));
};

const runs: Source = async (db, { names, contact: { id }, place, limit }) => {
  const { rows } = await db.query<{
    id: string;
    automation: string;
    version: number;
    status: string;
    started_at: number;
    node: string | null;
    until: number | null;
    error: string | null;
  }>(
    `select id, automation, version, status, started_at, node, until, error from runs
     where contact_id = $1 and started_at <= $2 and (started_at < $2 or id::text > $3) order by started_at desc, id limit $4`,
    [id, place[3], place[4], limit],
  );
  return rows.map((row) => ({
    at: row.started_at,
    item: {
      kind: 'run',
      at: iso(row.started_at),
      id: row.id,
      automation: row.automation,
      automationName: names.automation(row.automation),
      version: row.version,
      status: row.status,
      node: row.node,
      nodeTitle: names.node(row.automation, row.version, row.node)?.title ?? null,
      until: isoOrNull(row.until),
      error: row.error,
    },
    move: (next) => {
      next[3] = row.started_at;
      next[4] = row.id;
    },
  }));
};

const leads: Source = async (db, { names, contact: { id }, place, limit }) => {
  const { rows } = await db.query<{
    id: string;
    queue: string;
    rep: string | null;
    status: string;
    at: number;
    reason: string | null;
    value: string | null;
  }>(
    `select id, queue, rep, status, at, reason, value from leads
     where contact_id = $1 and at <= $2 and (at < $2 or id::text > $3) order by at desc, id limit $4`,
    [id, place[5], place[6], limit],
  );
  return rows.map((row) => ({
    at: row.at,
    item: {
      kind: 'lead',
      at: iso(row.at),
      id: row.id,
      queue: row.queue,
      queueName: names.queue(row.queue),
      rep: row.rep,
      repName: names.rep(row.queue, row.rep),
      status: row.status,
      reason: row.reason,
      value: row.value === null ? null : Number(row.value),
    },
    move: (next) => {
      next[5] = row.at;
      next[6] = row.id;
    },
  }));
};

const sources: Record<Kind, Source> = { event: events, points, move: moves, run: runs, lead: leads };
// Within one moment the newest comes first: what an event led to before the event itself.
const rank: Record<Kind, number> = { lead: 0, run: 1, move: 2, points: 3, event: 4 };

export const kindsOf = (text: string | undefined): Kind[] => {
  if (text === undefined) return [...timelineKinds];
  const kinds = text.split(',').map((kind) => kind.trim());
  const unknown = kinds.find((kind) => !timelineKinds.some((known) => known === kind));
  if (unknown !== undefined)
    throw new InvalidRequestError(
      'invalid_request',
      `"kinds" can be ${timelineKinds.join(', ')}; "${unknown}" is none of them.`,
    );
  return timelineKinds.filter((kind) => kinds.includes(kind));
};

/** What happened to a contact, newest first: a page is merged from the newest of each source. */
export const readTimeline = async (
  db: Queryable,
  names: Names,
  contact: { id: string; generation: number },
  query: { limit: number; after?: string | undefined; kinds: Kind[] },
): Promise<{ items: Item[]; next: string | null }> => {
  const place = (placeOf(query.after, 'number', 'number', 'number', 'number', 'text', 'number', 'text') ??
    newest) as Place; // Typed by its kinds.
  const found = (
    await Promise.all(query.kinds.map((kind) => sources[kind](db, { names, contact, place, limit: query.limit + 1 })))
  ).flat();
  found.sort((a, b) => b.at - a.at || rank[a.item.kind] - rank[b.item.kind]);
  const shown = found.slice(0, query.limit);
  const next: Place = [...place];
  for (const { move } of shown) move(next);
  return { items: shown.map(({ item }) => item), next: found.length > query.limit ? cursorOf(...next) : null };
};
