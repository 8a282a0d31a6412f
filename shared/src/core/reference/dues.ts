import type { ScoreModel } from '../../model/score-model.ts';
import { daysMs } from '../../model/time.ts';
import { behaviourPart, groupsOf, groupValue, leftOf } from './books.ts';
import { nextCrossing } from './crossings.ts';
import { drivingModel, levelsOf, moveStages, standingOf, stayEnds } from './stages.ts';
import { behaviourOf, lastResetOf, write } from './world.ts';
import type { Entry, World } from './world.ts';

const micro = (points: number): number => Math.round(points * 1_000_000);

/** Entries that have still to expire, each with the moment. */
const expiring = (world: World, model: ScoreModel): (Entry & { expiresAt: number })[] =>
  behaviourOf(world, model).filter(
    (entry): entry is Entry & { expiresAt: number } => entry.expiresAt !== null && !world.expired.has(entry.seq),
  );

/** The first moment of a silence's decay steps after the clock. */
const decayMoment = (world: World, model: ScoreModel): number | null => {
  if (!model.decay || world.lastActivityAt === null) return null;
  const first = world.lastActivityAt + daysMs(model.decay.afterDays);
  if (first > world.clock) return first;
  if (model.decay.everyDays === undefined) return null;
  const every = daysMs(model.decay.everyDays);
  return first + (Math.floor((world.clock - first) / every) + 1) * every;
};

/** A term after the first point of the period, or after the last activity of a period that has points. */
const resetMoment = (world: World, model: ScoreModel): number | null => {
  const earned = behaviourOf(world, model).map((entry) => entry.earnedAt);
  if (!model.reset || earned.length === 0) return null;
  const after = daysMs(model.reset.afterDays);
  if (model.reset.from === 'first_point') return Math.min(...earned) + after;
  if (world.lastActivityAt === null) return null;
  return Math.max(world.lastActivityAt, lastResetOf(world, model)?.at ?? -Infinity) + after;
};

/** What falls due next, other than the fading of the score: a moment not before the clock. */
const nextFixedDue = (world: World): number | null => {
  const ends = world.stayHolds ? stayEnds(world) : null;
  const moments = world.models.flatMap((model) => [
    ...expiring(world, model).map((entry) => entry.expiresAt),
    decayMoment(world, model),
    resetMoment(world, model),
  ]);
  moments.push(ends);
  const known = moments.filter((moment) => moment !== null);
  return known.length === 0 ? null : Math.max(world.clock, Math.min(...known));
};

const expire = (world: World, model: ScoreModel): void => {
  const due = expiring(world, model).filter((entry) => entry.expiresAt <= world.clock);
  for (const entry of due.sort((a, b) => a.expiresAt - b.expiresAt || a.seq - b.seq)) {
    world.expired.add(entry.seq);
    write(world, {
      model: model.id,
      group: entry.group,
      kind: 'expiry',
      points: -micro(leftOf(model, world.ledger, entry, world.clock)),
      earnedAt: world.clock,
      cause: entry.cause,
      messageId: null,
      decays: false,
      expiresAt: null,
      factors: null,
    });
  }
};

const decay = (world: World, model: ScoreModel): void => {
  if (!model.decay) return;
  const { floor, by } = model.decay;
  const part = behaviourPart(model, world.ledger, world.clock);
  // Rounded to micropoints before it is compared, as all scores are.
  const isAtFloor = (points: number): boolean => micro(points) - micro(floor) < 10_000;
  if (isAtFloor(part)) return;
  const wanted = part - (by.kind === 'points' ? by.points : (part * by.percent) / 100);
  const left = isAtFloor(wanted) ? floor : wanted;
  const factors = groupsOf(model)
    .filter((group) => group.kind === 'behaviour')
    .map((group) => {
      const value = groupValue(model, world.ledger, group, world.clock);
      return [group.id, (value > group.cap ? group.cap / value : 1) * (left / part)] as const;
    });
  write(world, {
    model: model.id,
    group: null,
    kind: 'decay',
    points: -micro(part - left),
    earnedAt: world.clock,
    cause: 'decay',
    messageId: null,
    decays: false,
    expiresAt: null,
    factors: Object.fromEntries(factors),
  });
};

const reset = (world: World, model: ScoreModel): void => {
  write(world, {
    model: model.id,
    group: null,
    kind: 'reset',
    points: -micro(behaviourPart(model, world.ledger, world.clock)),
    earnedAt: world.clock,
    cause: 'reset',
    messageId: null,
    decays: false,
    expiresAt: null,
    factors: null,
  });
  world.counts = world.counts.filter((count) => count.model !== model.id);
};

/** Everything due at one instant, in the order that the design fixes. */
const happen = (world: World, moment: number): void => {
  // What the score was: a moment ago, unless what falls due was overdue when it became known.
  const before = standingOf(world, Math.max(world.clock, moment - 1));
  const decaying = world.models.filter((model) => decayMoment(world, model) === moment);
  world.clock = moment;
  for (const model of world.models) expire(world, model);
  for (const model of decaying) decay(world, model);
  for (const model of world.models) if ((resetMoment(world, model) ?? Infinity) <= moment) reset(world, model);
  moveStages(world, before, null);
};

/** Time passes until `to`: everything that falls due on the way happens, each at its own moment. */
export const advance = (world: World, to: number): void => {
  for (;;) {
    const fixed = nextFixedDue(world);
    const until = Math.min(fixed ?? Infinity, to);
    const model = drivingModel(world);
    // What expires at `until` still counts a moment before; the flip by expiry itself is the fixed due's.
    const fades =
      model && nextCrossing(model, world.ledger, levelsOf(world), world.clock, fixed === until ? until - 1 : until);
    if (typeof fades === 'number') happen(world, fades);
    else if (fixed !== null && fixed <= to) happen(world, fixed);
    else break;
  }
  world.clock = Math.max(world.clock, to);
};
