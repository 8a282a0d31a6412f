import { toPoints } from '../core/subject.ts';
import type { EntryKind, LedgerEntry, RunStatus, StageMove, TrailStep } from '../core/result.ts';
import type { Properties } from '../model/value.ts';
import type { RoutingDecision } from './routing.ts';

/** A run as a whole: its changes folded, its trail in order. */
export interface RunSummary {
  id: string;
  automation: string;
  version: number;
  status: RunStatus;
  startedAt: number;
  at: number;
  node: string | null;
  until: number | null;
  messageId: string | null;
  backfilled: boolean;
  error: string | null;
  trail: TrailStep[];
}

/** What a simulation writes, in the order in which it happens; times are ms. */
export type SimulationRecord =
  | { kind: 'entry'; contact: string; generation: number; entry: LedgerEntry }
  | { kind: 'move'; contact: string; generation: number; move: StageMove }
  | { kind: 'run'; contact: string; generation: number; run: RunSummary }
  | {
      kind: 'delivery';
      contact: string;
      id: string;
      run: string;
      node: string;
      channel: string;
      status: 'sent' | 'held';
      at: number;
      payload: Properties;
    }
  | {
      kind: 'lead';
      contact: string;
      ask: string;
      run: string;
      queue: string;
      rep: string | null;
      held: boolean;
      at: number;
      decision: RoutingDecision;
    }
  | { kind: 'merge'; contact: string; absorbed: string; generation: number; at: number }
  | { kind: 'note'; contact: string; at: number; messageId: string | null; note: string }
  | { kind: 'dead_letter'; line: number | null; messageId: string | null; contact: string | null; reason: string }
  | {
      kind: 'score';
      contact: string;
      generation: number;
      model: string;
      at: number;
      score: number;
      behaviour: number;
      shown: boolean;
      stage: string | null;
    };

type Line = Record<string, unknown>;

/**
 * A record as one line of JSON, the same byte for byte wherever it comes from: fixed order of keys, the keys of free
 * objects sorted, points as points (micropoints have six decimals at most), times as ISO 8601.
 */
export const lineOf = (record: SimulationRecord): string => JSON.stringify(plain(record));

/** The line of a ledger entry, for comparing ledgers of different drivers. */
export const entryLine = (contact: string, generation: number, entry: LedgerEntry): string =>
  lineOf({ kind: 'entry', contact, generation, entry });

/** The line of a stage move, likewise. */
export const moveLine = (contact: string, generation: number, move: StageMove): string =>
  lineOf({ kind: 'move', contact, generation, move });

const plain = (record: SimulationRecord): Line => {
  switch (record.kind) {
    case 'entry':
      return entryOf(record.contact, record.generation, record.entry);
    case 'move': {
      const { move } = record;
      return {
        kind: 'move',
        contact: record.contact,
        generation: record.generation,
        seq: move.seq,
        id: move.id,
        at: iso(move.at),
        from: move.from,
        to: move.to,
        passed: move.passed,
        cause: move.cause,
        messageId: move.messageId,
      };
    }
    case 'run': {
      const { run } = record;
      return {
        kind: 'run',
        contact: record.contact,
        generation: record.generation,
        id: run.id,
        automation: run.automation,
        version: run.version,
        status: run.status,
        startedAt: iso(run.startedAt),
        at: iso(run.at),
        node: run.node,
        until: isoOrNull(run.until),
        messageId: run.messageId,
        backfilled: run.backfilled,
        error: run.error,
        trail: run.trail.map((step) => ({ node: step.node, at: iso(step.at), port: step.port, note: step.note })),
      };
    }
    case 'delivery':
      return {
        kind: 'delivery',
        contact: record.contact,
        id: record.id,
        run: record.run,
        node: record.node,
        channel: record.channel,
        status: record.status,
        at: iso(record.at),
        payload: sorted(record.payload),
      };
    case 'lead':
      return {
        kind: 'lead',
        contact: record.contact,
        ask: record.ask,
        run: record.run,
        queue: record.queue,
        rep: record.rep,
        held: record.held,
        at: iso(record.at),
        decision: record.decision,
      };
    case 'merge':
      return {
        kind: 'merge',
        contact: record.contact,
        absorbed: record.absorbed,
        generation: record.generation,
        at: iso(record.at),
      };
    case 'note':
      return {
        kind: 'note',
        contact: record.contact,
        at: iso(record.at),
        messageId: record.messageId,
        note: record.note,
      };
    case 'dead_letter':
      return {
        kind: 'dead_letter',
        line: record.line,
        messageId: record.messageId,
        contact: record.contact,
        reason: record.reason,
      };
    case 'score':
      return {
        kind: 'score',
        contact: record.contact,
        generation: record.generation,
        model: record.model,
        at: iso(record.at),
        score: record.score,
        behaviour: record.behaviour,
        shown: record.shown,
        stage: record.stage,
      };
  }
};

const entryOf = (contact: string, generation: number, entry: LedgerEntry): Line => ({
  kind: 'entry' as const,
  contact,
  generation,
  seq: entry.seq,
  id: entry.id,
  model: entry.model,
  group: entry.group,
  change: entry.kind satisfies EntryKind,
  points: toPoints(entry.points),
  at: iso(entry.at),
  earnedAt: iso(entry.earnedAt),
  cause: entry.cause,
  messageId: entry.messageId,
  run: entry.runId,
  decays: entry.decays,
  expiresAt: isoOrNull(entry.expiresAt),
  epoch: entry.epoch,
  factors: sorted(entry.factors),
  of: entry.of,
});

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** Databases and engines order the keys of objects as they like; lines do not. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
};
