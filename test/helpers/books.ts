import {
  entryLine,
  moveLine,
  type EntryKind,
  type LedgerEntry,
  type SimulationRecord,
  type StageMove,
} from '@ripen/shared';
import type pg from 'pg';

/** The ledger and the stage moves of a workspace, as lines: the same lines, the same books. */
export interface Books {
  /** By contact, in order of `seq`. */
  readonly entries: string[];
  readonly moves: string[];
}

interface EntryRow extends Omit<LedgerEntry, 'id'> {
  id: string;
  contact: string;
  generation: number;
}

interface MoveRow extends StageMove {
  contact: string;
  generation: number;
}

/** What the engine wrote, of the latest generation of each contact. */
export const booksOf = async (pool: pg.Pool): Promise<Books> => {
  const entries = await pool.query<EntryRow>(
    `select l.contact_id as contact, l.generation, l.id, l.seq, l.model, l."group", l.kind, l.points::float8 as points, l.at::float8 as at,
       l.earned_at::float8 as "earnedAt", l.cause, l.message_id as "messageId", l.run_id as "runId", l.decays,
       l.expires_at::float8 as "expiresAt", l.epoch, l.factors, l.of
     from ledger l join (select contact_id, max(generation) as generation from ledger group by 1) last using (contact_id, generation)
     order by l.contact_id::text, l.seq`,
  );
  const moves = await pool.query<MoveRow>(
    `select m.contact_id as contact, m.generation, m.id, m.seq, m.at::float8 as at, m.from_stage as "from", m.to_stage as "to", m.passed,
       m.cause, m.message_id as "messageId"
     from moves m join (select contact_id, max(generation) as generation from moves group by 1) last using (contact_id, generation)
     order by m.contact_id::text, m.seq`,
  );
  return {
    entries: entries.rows.map(({ contact, generation, ...entry }) => entryLine(contact, generation, entry)),
    moves: moves.rows.map(({ contact, generation, ...move }) => moveLine(contact, generation, move)),
  };
};

/** The books among the lines that `ripen simulate` wrote. */
export const booksOfLines = (text: string): Books => {
  const entries = new Map<string, { generation: number; lines: string[] }>();
  const moves = new Map<string, { generation: number; lines: string[] }>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const record = JSON.parse(line) as { kind: string; contact: string; generation: number }; // As the README of shared says.
    if (record.kind === 'entry') add(entries, record, line);
    else if (record.kind === 'move') add(moves, record, line);
  }
  return { entries: inOrder(entries), moves: inOrder(moves) };
};

/** Takes a simulator's records in; a merge makes a contact's earlier generations past. */
export class SimulatedBooks {
  readonly #entries = new Map<string, { generation: number; lines: string[] }>();
  readonly #moves = new Map<string, { generation: number; lines: string[] }>();

  take(record: SimulationRecord): void {
    if (record.kind === 'entry') add(this.#entries, record, entryLine(record.contact, record.generation, record.entry));
    else if (record.kind === 'move') add(this.#moves, record, moveLine(record.contact, record.generation, record.move));
    else if (record.kind === 'merge') for (const lines of [this.#entries, this.#moves]) lines.delete(record.absorbed);
  }

  get books(): Books {
    return { entries: inOrder(this.#entries), moves: inOrder(this.#moves) };
  }
}

const add = (
  books: Map<string, { generation: number; lines: string[] }>,
  { contact, generation }: { contact: string; generation: number },
  line: string,
): void => {
  const known = books.get(contact);
  if (known?.generation === generation) known.lines.push(line);
  else books.set(contact, { generation, lines: [line] });
};

const inOrder = (books: ReadonlyMap<string, { lines: string[] }>): string[] =>
  [...books].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, { lines }]) => lines);

/** Fails with the first line that differs, and where: two books of thousands of lines are not to be printed. */
export const expectSameBooks = (actual: Books, expected: Books, what: string): void => {
  for (const part of ['entries', 'moves'] as const) {
    const index = expected[part].findIndex((line, at) => line !== actual[part][at]);
    const at = index >= 0 ? index : actual[part].length > expected[part].length ? expected[part].length : -1;
    if (at < 0) continue;
    const before = expected[part].slice(Math.max(0, at - 2), at);
    throw new Error(
      [
        `${what}: ${part} differ at line ${at + 1} of ${expected[part].length} (got ${actual[part].length}).`,
        ...before.map((line) => `      both ${line}`),
        `  expected ${expected[part][at] ?? '(nothing)'}`,
        `       got ${actual[part][at] ?? '(nothing)'}`,
      ].join('\n'),
    );
  }
};

/** What a history must hold for its equality to mean something. */
export interface Happened {
  decaySteps: number;
  expiries: number;
  resets: number;
  crossingsUp: number;
  crossingsDown: number;
  resolvedWaits: number;
}

export const nothingHappened = (): Happened => ({
  decaySteps: 0,
  expiries: 0,
  resets: 0,
  crossingsUp: 0,
  crossingsDown: 0,
  resolvedWaits: 0,
});

const ofEntry: Partial<Record<EntryKind, keyof Happened>> = {
  decay: 'decaySteps',
  expiry: 'expiries',
  reset: 'resets',
};

/** Counts a record in. Stages are ranked by their order; `waits` are the ids of wait nodes by automation. */
export const countHappened = (
  happened: Happened,
  record: SimulationRecord,
  { stages, waits }: { stages: readonly string[]; waits: ReadonlyMap<string, ReadonlySet<string>> },
): void => {
  if (record.kind === 'entry') {
    const name = ofEntry[record.entry.kind];
    if (name) happened[name]++;
  } else if (record.kind === 'move' && record.move.cause === 'score') {
    const rank = (stage: string | null): number => (stage === null ? -1 : stages.indexOf(stage));
    happened[rank(record.move.to) > rank(record.move.from) ? 'crossingsUp' : 'crossingsDown']++;
  } else if (record.kind === 'run') {
    const nodes = waits.get(record.run.automation);
    happened.resolvedWaits += record.run.trail.filter((step) => step.port !== null && nodes?.has(step.node)).length;
  }
};

/** Whether everything happened at least so often. */
export const hasEnough = (happened: Happened, atLeast: number): boolean =>
  Object.values({ ...happened }).every((times) => times >= atLeast);

/** Fails unless everything happened at least so often. */
export const expectEnough = (happened: Happened, atLeast: number): void => {
  const few = Object.entries(happened).filter(([, times]) => times < atLeast);
  if (few.length === 0) return;
  const found = few.map(([name, times]) => `${name} ${times}`).join(', ');
  throw new Error(`The history is too poor to prove anything: at least ${atLeast} of each are needed, found ${found}.`);
};
