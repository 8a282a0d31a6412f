import { compareStages, openComparisons, watchedScore, type StageBits } from './comparisons.ts';
import { digest, idOf, numbered } from '../ids.ts';
import { triggerKey, type CompiledLifecycle, type CompiledStage } from '../program.ts';
import { applyProfileRules } from './rules.ts';
import { noScores, type Work } from '../work.ts';

/** Moves the stage and notes crossings after a change; what they trigger queues. */
export const settle = (work: Work): void => {
  // A move can change an audience that looks at the stage, and so scores again; real definitions settle at once.
  for (let round = 0; round < maxRounds && work.stageBits; round++) {
    const before = work.stageBits;
    work.stageBits = null;
    noteCrossings(work);
    const { lifecycle } = work.program;
    if (!lifecycle) continue;
    const after = compareStages(work, work.at);
    work.settledBits = after;
    const moved = moveByScore(work, lifecycle, before, after);
    if (moved && work.program.looksAtStage) {
      openComparisons(work);
      applyProfileRules(work);
    }
  }
  work.stageBits = null;
};

const maxRounds = 8;

const noteCrossings = (work: Work): void => {
  if (work.lastScores.length === 0) return;
  for (const { model, score: from } of work.lastScores) {
    const to = watchedScore(work, model, work.at);
    if (from !== to && !Number.isNaN(from) && !Number.isNaN(to))
      work.queue.push({ kind: 'score', model: model.id, from, to });
  }
  work.lastScores = noScores;
};

const moveByScore = (work: Work, lifecycle: CompiledLifecycle, before: StageBits, after: StageBits): boolean => {
  const { subject } = work;
  const reached = after.up & ~before.up;
  const lost = after.down & ~before.down;
  if (reached === 0 && lost === 0 && !subject.stayHolds) return false;
  const current = subject.stage === null ? -1 : (lifecycle.index.get(subject.stage) ?? -1);
  if (lifecycle.stages[current]?.terminal) return false;
  const highest = 31 - Math.clz32(reached);
  if (reached !== 0 && highest > current) {
    move(work, lifecycle.stages[highest]?.id ?? null, idsBetween(lifecycle.stages, reached, current, highest), 'score');
    return true;
  }
  if (!((after.down >> current) & 1)) subject.stayHolds = false;
  const stay = stayUntil(work, lifecycle, current);
  const lowestLost = lost === 0 ? Infinity : 31 - Math.clz32(lost & -lost);
  const falls = lowestLost <= current || (subject.stayHolds && work.at >= stay);
  if (!falls || current < 0) return false;
  const target = standing(lifecycle.stages, after.down, current);
  if (target === current) return false;
  if (work.at < stay) {
    subject.stayHolds = true;
    return false;
  }
  const passed = idsBetween(lifecycle.stages, after.down, target, current);
  move(work, lifecycle.stages[target]?.id ?? null, passed.reverse(), 'score');
  return true;
};

/** Stages above one and up to another whose bit is set, from the lowest. */
const idsBetween = (stages: readonly CompiledStage[], bits: number, above: number, upTo: number): string[] =>
  stages.filter((_, index) => index > above && index <= upTo && (bits >> index) & 1).map(({ id }) => id);

/** The highest stage up to the present one that the score has not fallen below; -1 for none. */
const standing = (stages: readonly CompiledStage[], down: number, current: number): number => {
  // Stages without a threshold are entered by people and automations only, so nobody falls into them.
  for (let index = current; index >= 0; index--)
    if (stages[index]?.up !== Infinity && !((down >> index) & 1)) return index;
  return -1;
};

const stayUntil = (work: Work, lifecycle: CompiledLifecycle, current: number): number => {
  const stage = lifecycle.stages[current];
  return stage && work.subject.stageSince !== null ? work.subject.stageSince + stage.minimumStayMs : 0;
};

/** When a stage that only its minimum stay holds will be left; null when none does. */
export const stayOverAt = (work: Work): number | null => {
  const { lifecycle } = work.program;
  if (!lifecycle || !work.subject.stayHolds || work.subject.stage === null) return null;
  return stayUntil(work, lifecycle, lifecycle.index.get(work.subject.stage) ?? -1);
};

/** Undefined for a stage that the lifecycle no longer has. */
const stageOf = ({ program }: Work, id: string): CompiledStage | undefined =>
  program.lifecycle?.stages[program.lifecycle.index.get(id) ?? -1];

/** Moves the contact, and queues what leaving and entering triggers. */
export const move = (work: Work, to: string | null, passed: string[], cause: string): void => {
  const { subject } = work;
  const from = subject.stage;
  if (from === to) return;
  subject.moves++;
  work.addMove({
    id: idOf(numbered(subject.moves, digest('|move|', work.rootDigest))),
    seq: subject.moves,
    at: work.at,
    from,
    to,
    passed,
    cause,
    messageId: work.messageId,
  });
  subject.stage = to;
  subject.stageSince = to === null ? null : work.at;
  subject.stayHolds = false;
  const properties = { from, to };
  if (from !== null) {
    const key = stageOf(work, from)?.left ?? triggerKey('stage_left', from);
    work.queue.push({ kind: 'trigger', key, properties });
  }
  if (to !== null) {
    const key = stageOf(work, to)?.entered ?? triggerKey('stage_entered', to);
    work.queue.push({ kind: 'trigger', key, properties });
  }
};
