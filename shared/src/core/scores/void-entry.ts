import { write } from './ledger.ts';
import { totalKey, type CompiledModel } from '../program.ts';
import type { LedgerEntry } from '../result.ts';
import { fade } from './score.ts';
import type { Work } from '../work.ts';

/** Takes back what is left of an entry: as if it had not been, from now on. `steps` are the model's decay steps since. */
export const voidEntry = (
  work: Work,
  model: CompiledModel,
  entry: LedgerEntry,
  steps: readonly LedgerEntry[],
): void => {
  const bench = work.of(entry.model);
  const left = entry.kind === 'adjustment' ? entry.points : takeOut(work, model, entry, steps);
  if (entry.kind === 'adjustment') bench.own().adjustment -= entry.points;
  write(work, {
    kind: 'void',
    model: entry.model,
    group: entry.group,
    points: -Math.round(left) + 0,
    cause: entry.cause,
    occurrence: { of: entry.id, count: null },
    runId: entry.runId,
    epoch: entry.epoch,
    of: entry.id,
  });
};

const takeOut = (work: Work, model: CompiledModel, entry: LedgerEntry, steps: readonly LedgerEntry[]): number => {
  const bench = work.of(entry.model);
  const id = entry.group ?? '';
  bench.addTotal(totalKey(id, entry.cause), -entry.points);
  if (entry.expiresAt !== null) {
    work.addExpired(entry.id);
    work.facts.removeExpiring(entry.id);
    work.subject.expiring--;
  }
  let ratio = 1;
  for (const step of steps) if (step.seq > entry.seq || step.at > entry.earnedAt) ratio *= step.factors?.[id] ?? 1;
  // What a step to zero took is gone already, and counted as gone.
  if (ratio === 0) return 0;
  const group = bench.group(id);
  const worth = entry.points * ratio;
  const left = entry.decays ? worth * fade(work.at - entry.earnedAt, model.halfLifeMs) : worth;
  if (entry.decays) group.fading -= worth * fade(group.at - entry.earnedAt, model.halfLifeMs);
  else group.lasting -= worth;
  group.live--;
  if (group.live === 0) {
    group.lasting = 0;
    group.fading = 0;
  }
  return left;
};
