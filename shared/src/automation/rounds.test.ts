import { describe, expect, test } from 'vitest';
import { compile } from '../core/compile.ts';
import { definitionSchema, definitionsOf, type DefinitionInput, type Definitions } from '../model/definitions.ts';
import { madeUpContactSchema } from '../model/scenario.ts';
import { dayMs } from '../model/time.ts';
import type { SimulationRecord } from '../simulate/records.ts';
import { Session } from '../simulate/session.ts';
import { Simulator } from '../simulate/simulator.ts';
import { hasErrors, validate } from '../validate/validate.ts';
import type { Trigger } from './graph.ts';
import { Schedules } from './rounds.ts';
import { meantBy, scheduleKey, type ScheduleTrigger } from './schedules.ts';

type Who = NonNullable<ScheduleTrigger['who']>;

/** A Sunday. */
const start = Date.UTC(2026, 2, 1);
const model: DefinitionInput = {
  ...{ kind: 'model', id: 'm', name: 'M' },
  groups: [{ id: 'g', name: 'G', kind: 'behaviour' }],
  rules: [{ kind: 'behaviour', id: 'seen', name: 'Seen', group: 'g', points: 10, event: 'seen' }],
};
const weekly = (who?: Who, zone = 'UTC'): ScheduleTrigger => ({
  ...{ type: 'schedule', when: { every: 'week', on: ['mon'], at: '09:00', zone } },
  ...(who && { who }),
});
const automation = (id: string, ...triggers: Trigger[]): DefinitionInput => ({
  ...{ kind: 'automation', id, name: id, triggers },
  nodes: [{ id: 'tag', type: 'add_label', settings: { label: `${id}-reminded` } }],
  edges: [{ from: 'start', to: 'tag' }],
});
const definitionsFrom = (...documents: DefinitionInput[]): Definitions =>
  definitionsOf(documents.map((document) => definitionSchema.parse(document)));
const keen: Who = { kind: 'score', model: 'm', atLeast: 10 };
const monday = (weeks: number): number => Date.UTC(2026, 2, 2 + 7 * weeks, 9);

describe('moments', () => {
  test('those of all schedules, one instant at a time, automations in the order of their ids', () => {
    const daily: Trigger = { type: 'schedule', when: { every: 'day', at: '09:00', zone: 'UTC' } };
    const schedules = new Schedules(
      compile(definitionsFrom(model, automation('b', weekly(keen)), automation('a', daily))),
    );
    const found = [schedules.next(start), schedules.next(monday(0))];
    expect(found.map((rounds) => rounds.map(({ at, automation: id }) => [id, at]))).toEqual([
      [['a', start + 9 * 3_600_000]],
      [['a', monday(0) + dayMs]],
    ]);
    expect(schedules.next(start + dayMs / 2).map(({ automation: id }) => id)).toEqual(['a', 'b']);
    expect(new Schedules(compile(definitionsFrom(model, automation('c', { type: 'manual' })))).next(start)).toEqual([]);
  });

  test('schedules of one automation with the same clock are one, about all whom any of them is about', () => {
    const us: Who = { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } };
    expect(meantBy([weekly(keen), weekly(us)])).toEqual({ kind: 'any', of: [keen, us] });
    expect(meantBy([weekly(keen)])).toEqual(keen);
    expect(meantBy([weekly(keen), weekly()])).toBeUndefined();
    expect(scheduleKey(weekly(keen).when)).toBe(scheduleKey(weekly(us).when));
    expect(scheduleKey(weekly().when)).not.toBe(scheduleKey(weekly(undefined, 'Europe/Berlin').when));
    const schedules = new Schedules(compile(definitionsFrom(model, automation('a', weekly(keen), weekly(us)))));
    expect(schedules.next(start)).toHaveLength(1);
  });
});

describe('in the simulator', () => {
  const definitions = definitionsFrom(model, automation('a', weekly(keen)));
  const seen = (userId: string, at: number) => ({
    ...{ type: 'track', event: 'seen', userId, messageId: `${userId}:${at}` },
    timestamp: new Date(at).toISOString(),
  });
  const startsIn = (schedules: 'assumed' | 'recorded'): number[] => {
    const records: SimulationRecord[] = [];
    const simulator = new Simulator({ definitions, schedules, emit: (record) => records.push(record) });
    simulator.take({ type: 'identify', userId: 'ben', timestamp: new Date(start).toISOString(), messageId: 'ben' });
    simulator.take(seen('ann', start + dayMs));
    // Whoever comes in after a moment was not there.
    simulator.take(seen('cy', monday(1) + 1));
    simulator.advance(monday(2));
    return records.flatMap((record) => (record.kind === 'run' ? [record.run.startedAt] : []));
  };

  test('everybody whom it is about enters at each of its moments, and nobody else', () => {
    expect(startsIn('assumed')).toEqual([monday(0), monday(1), monday(2), monday(2)]);
  });

  test('what is recorded is not run again', () => {
    expect(startsIn('recorded')).toEqual([]);
  });

  test('a trial lives through its moments', () => {
    const contact = madeUpContactSchema.parse({ points: { m: 20 } });
    const session = new Session({ definitions, contact: { kind: 'made_up', contact, userId: 'u' }, at: start });
    expect(session.next).toBe(monday(0));
    session.advance(start + 20 * dayMs);
    expect(session.runs.map(({ startedAt }) => startedAt)).toEqual([monday(0), monday(1), monday(2)]);
    expect(session.frameAt(monday(0))?.subject.labels).toEqual(['a-reminded']);
  });
});

test('whom it is about is checked: there is no event at hand when everybody is asked', () => {
  const problems = (who: Who) => validate(definitionsFrom(model, automation('a', weekly(who))));
  expect(hasErrors(problems(keen))).toBe(false);
  expect(problems({ kind: 'property', property: 'page', is: { op: 'is_set' } })).toContainEqual(
    expect.objectContaining({ code: 'condition_not_allowed', path: 'triggers.0.who' }),
  );
  expect(problems({ kind: 'score', model: 'gone', atLeast: 1 })).toContainEqual(
    expect.objectContaining({ code: 'unknown_model', path: 'triggers.0.who.model' }),
  );
});
