import type { Definitions } from '../../model/definitions.ts';
import { passiveEventTypes } from '../../model/event-type.ts';
import type { ScoreModel } from '../../model/score-model.ts';
import type { FieldValue } from '../../model/value.ts';
import type { LedgerEntry, StageMove } from '../result.ts';

/** A ledger entry as the reference predicts it: all that the design fixes, without ids. */
export type Entry = Pick<
  LedgerEntry,
  | 'seq'
  | 'model'
  | 'group'
  | 'kind'
  | 'points'
  | 'at'
  | 'earnedAt'
  | 'cause'
  | 'messageId'
  | 'decays'
  | 'expiresAt'
  | 'factors'
>;
export type Move = Pick<StageMove, 'seq' | 'at' | 'from' | 'to' | 'passed' | 'cause' | 'messageId'>;

/** Something that a counter counted, dated by what it counted. */
export interface Count {
  model: string;
  rule: string;
  value: string;
  at: number;
}

/** The whole history of one contact, kept as lists. The only shortcut is the last reset, which is the last such entry. */
export interface World {
  definitions: Definitions;
  models: ScoreModel[];
  clock: number;
  lastActivityAt: number | null;
  fields: Record<string, FieldValue>;
  fieldTimes: Record<string, number>;
  stage: string | null;
  stageSince: number | null;
  /** The score fell below the stage while its minimum stay lasted. */
  stayHolds: boolean;
  ledger: Entry[];
  moves: Move[];
  /** Sequence numbers of entries that have expired. */
  expired: Set<number>;
  counts: Count[];
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

export const newWorld = (definitions: Definitions): World => ({
  definitions,
  models: [...definitions.models].sort(byId).map((model) => ({ ...model, rules: [...model.rules].sort(byId) })),
  clock: 0,
  lastActivityAt: null,
  fields: {},
  fieldTimes: {},
  stage: null,
  stageSince: null,
  stayHolds: false,
  ledger: [],
  moves: [],
  expired: new Set(),
  counts: [],
});

export const isActivity = (definitions: Definitions, type: string): boolean =>
  definitions.eventTypes.find((known) => known.id === type)?.activity ?? !passiveEventTypes.includes(type);

export const lastResetOf = (world: World, model: ScoreModel): Entry | undefined =>
  world.ledger.findLast((entry) => entry.kind === 'reset' && entry.model === model.id);

/** Behaviour entries of the present epoch. */
export const behaviourOf = (world: World, model: ScoreModel): Entry[] => {
  const since = lastResetOf(world, model)?.seq ?? -1;
  return world.ledger.filter((entry) => entry.kind === 'points' && entry.model === model.id && entry.seq > since);
};

export const write = (world: World, entry: Omit<Entry, 'seq' | 'at'>): Entry => {
  const written = { ...entry, seq: world.ledger.length, at: world.clock };
  world.ledger.push(written);
  return written;
};
