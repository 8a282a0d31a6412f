import type { Definitions } from '../../model/definitions.ts';
import type { BehaviourRule, ProfileRule, ScoreModel } from '../../model/score-model.ts';
import { daysMs } from '../../model/time.ts';
import type { EventInput } from '../result.ts';
import { holds } from './conditions.ts';
import { advance } from './dues.ts';
import { moveStages, standingOf } from './stages.ts';
import { isActivity, lastResetOf, newWorld, write } from './world.ts';
import type { World } from './world.ts';

const minutes = 60_000;

/** Whether a rule counts this event, written down when it does. Generated events count by texts only. */
const counts = (world: World, model: ScoreModel, rule: BehaviourRule, event: EventInput, earnedAt: number): boolean => {
  const counting = rule.counts;
  const property = counting.kind === 'once_per' ? event.properties[counting.property] : undefined;
  if (counting.kind === 'once_per' && typeof property !== 'string') return false;
  const value = typeof property === 'string' ? property : '';
  const earlier = world.counts.filter(
    (count) => count.model === model.id && count.rule === rule.id && count.value === value,
  );
  if ((counting.kind === 'once' || counting.kind === 'once_per') && earlier.length > 0) return false;
  if (counting.kind === 'at_most') {
    const after = earnedAt - daysMs(counting.perDays);
    if (earlier.filter((count) => count.at > after && count.at <= earnedAt).length >= counting.times) return false;
  }
  world.counts.push({ model: model.id, rule: rule.id, value, at: earnedAt });
  return true;
};

const applyBehaviour = (
  world: World,
  model: ScoreModel,
  rule: BehaviourRule,
  event: EventInput,
  earnedAt: number,
): void => {
  if (rule.event !== event.type || !holds(rule.where, { fields: world.fields, properties: event.properties })) return;
  if (earnedAt < (lastResetOf(world, model)?.at ?? -Infinity)) return;
  const expiresAt = model.windowDays === undefined ? null : earnedAt + daysMs(model.windowDays);
  if (expiresAt !== null && expiresAt <= world.clock) return;
  if (!counts(world, model, rule, event, earnedAt)) return;
  write(world, {
    model: model.id,
    group: rule.group,
    kind: 'points',
    points: Math.round(rule.points * 1_000_000),
    earnedAt,
    cause: `rule:${rule.id}`,
    messageId: event.messageId,
    decays: rule.decays && model.halfLifeDays !== undefined,
    expiresAt,
    factors: null,
  });
};

const applyProfile = (
  world: World,
  model: ScoreModel,
  rule: ProfileRule,
  event: EventInput,
  inAudience: boolean,
): void => {
  const cause = `rule:${rule.id}`;
  const held = world.ledger
    .filter((entry) => entry.model === model.id && entry.cause === cause)
    .reduce((sum, entry) => sum + entry.points, 0);
  const holdsNow = holds(rule.when, { fields: world.fields, properties: {} });
  const wanted = Math.round(rule.points * 1_000_000);
  const base = {
    model: model.id,
    group: rule.group,
    earnedAt: world.clock,
    cause,
    messageId: event.messageId,
    decays: false,
    expiresAt: null,
    factors: null,
  };
  if (held === 0 && holdsNow && inAudience && wanted !== 0) write(world, { ...base, kind: 'profile', points: wanted });
  if (held !== 0 && !holdsNow) write(world, { ...base, kind: 'reversal', points: -held });
};

/** Its own date, unless that lies more than five minutes ahead of its arrival. */
const dateOf = (event: EventInput): number =>
  event.occurredAt > event.arrivedAt + 5 * minutes ? event.arrivedAt : event.occurredAt;

const applyEvent = (world: World, event: EventInput): void => {
  const before = standingOf(world, world.clock);
  const occurredAt = dateOf(event);
  for (const [field, value] of Object.entries(event.fields ?? {})) {
    if (occurredAt < (world.fieldTimes[field] ?? -Infinity)) continue;
    world.fields[field] = value;
    world.fieldTimes[field] = occurredAt;
  }
  if (isActivity(world.definitions, event.type))
    world.lastActivityAt = Math.max(world.lastActivityAt ?? -Infinity, occurredAt);
  for (const model of world.models) {
    const inAudience = holds(model.audience, { fields: world.fields, properties: event.properties });
    for (const rule of model.rules) {
      if (rule.kind === 'profile') applyProfile(world, model, rule, event, inAudience);
      else if (inAudience) applyBehaviour(world, model, rule, event, occurredAt);
    }
  }
  moveStages(world, before, event.messageId);
};

/**
 * Lives one contact's history again, from the design alone, for definitions without automations and conditions without
 * clocks: the ledger and the stage moves that the core must write. `asOf` is the present, ms.
 */
export const resimulate = (definitions: Definitions, events: readonly EventInput[], asOf: number): World => {
  const world = newWorld(definitions);
  for (const arriving of events) {
    // Nothing arrives before the contact's clock.
    const event = { ...arriving, arrivedAt: Math.max(world.clock, arriving.arrivedAt) };
    advance(world, Math.max(event.arrivedAt, dateOf(event)));
    applyEvent(world, event);
  }
  advance(world, asOf);
  return world;
};
