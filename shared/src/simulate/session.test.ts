import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCondition, type View } from '../core/conditions/conditions.ts';
import { richCondition } from '../core/generators/conditions.ts';
import { definitionSchema, definitionsOf, type DefinitionInput, type Definitions } from '../model/definitions.ts';
import { madeUpContactSchema, type MadeUpContact } from '../model/scenario.ts';
import { dayMs } from '../model/time.ts';
import { lineOf, type SimulationRecord } from './records.ts';
import { differencesOf, outcomeOf, runScenario } from './scenario.ts';
import { mostFrames, Session } from './session.ts';
import { Simulator } from './simulator.ts';
import { whyOf } from './why.ts';

const definitionsFrom = (...documents: DefinitionInput[]): Definitions =>
  definitionsOf(documents.map((document) => definitionSchema.parse(document)));

const model: DefinitionInput = {
  kind: 'model',
  id: 'm',
  name: 'M',
  groups: [{ id: 'g', name: 'G', kind: 'behaviour' }],
  rules: [],
  decay: { afterDays: 20, everyDays: 20, by: { kind: 'points', points: 5 } },
};
const lifecycle: DefinitionInput = {
  kind: 'lifecycle',
  model: 'm',
  stages: [{ id: 'warm', name: 'Warm', threshold: 20 }],
};
const clicks: DefinitionInput = {
  kind: 'automation',
  id: 'clicks',
  name: 'Clicks',
  triggers: [{ type: 'event', event: 'clicked', where: { kind: 'property', property: 'link', is: { op: 'is_set' } } }],
  nodes: [
    {
      id: 'where',
      type: 'condition',
      settings: {
        branches: [
          { id: 'us', name: 'US', when: { kind: 'field', field: 'country', is: { op: 'equals', value: 'US' } } },
          { id: 'hot', name: 'Hot', when: { kind: 'score', model: 'm', atLeast: 10 } },
        ],
      },
    },
    { id: 'wait', type: 'wait_time', settings: { duration: { amount: 3, unit: 'days' } } },
    { id: 'add', type: 'add_points', settings: { model: 'm', points: 25 } },
  ],
  edges: [
    { from: 'start', to: 'where' },
    { from: 'where', port: 'us', to: 'wait' },
    { from: 'wait', to: 'add' },
  ],
};
const start = Date.UTC(2026, 2, 1);
const someone = (given: Partial<MadeUpContact> = {}): MadeUpContact => madeUpContactSchema.parse(given);
const open = (given: Partial<MadeUpContact> = {}, definitions = definitionsFrom(model, lifecycle, clicks)): Session =>
  new Session({ definitions, contact: { kind: 'made_up', contact: someone(given), userId: 'u' }, at: start });
const click = (properties = { link: 'x' } as object) => ({ type: 'track', event: 'clicked', properties });

describe('a session', () => {
  test('says what follows from an event, when, and what comes next', () => {
    const session = open({ fields: { country: 'US' } });
    expect(session.send(click(), start + dayMs)).toBeNull();
    expect(session.next).toBe(start + 4 * dayMs);
    expect(session.runs.map(({ status, node }) => [status, node])).toEqual([['waiting', 'wait']]);
    expect(session.advance(start + 60 * dayMs)).toBe(start + 60 * dayMs);
    expect(session.runs.map(({ status }) => status)).toEqual(['completed']);
    expect(session.frameAt(start + 4 * dayMs)?.subject.stage).toBe('warm');
    expect(session.frameAt(start + 4 * dayMs - 1)?.subject.stage).toBeNull();
    expect(session.scoreAt('m', start + 4 * dayMs)?.score).toBe(25);
    expect(session.scoreAt('m', start + 21 * dayMs)?.score).toBe(20);
  });

  test('says what each comparison saw, as far as branches were asked', () => {
    const session = open({ fields: { country: 'DE' }, points: { m: 4 } });
    session.send(click({}), start + 1);
    session.send(click(), start + 2);
    const asked = session.frames.flatMap((frame) => frame.asked);
    expect(asked.map(({ node, why }) => [node, why.holds, why.value])).toEqual([
      [null, false, undefined],
      [null, true, 'x'],
      ['where', false, 'DE'],
      ['where', false, 4],
    ]);
  });

  test('begins with a stage, labels and points that set nothing off', () => {
    const session = open({ stage: 'warm', labels: ['vip'], points: { m: 30 } });
    expect(session.frames.flatMap(({ records }) => records)).toEqual([]);
    expect(session.frames[0]?.subject).toMatchObject({ stage: 'warm', labels: ['vip'] });
    session.advance(start + 20 * dayMs);
    expect(session.scoreAt('m', start + 20 * dayMs)?.score).toBe(25);
  });

  test('what cannot be used is said and changes nothing', () => {
    const session = open();
    expect(session.send({ type: 'track', event: '' }, start)).toMatch(/event/i);
    expect(session.frames.at(-1)?.subject).toEqual(session.frames[0]?.subject);
  });

  test('a loop ends the trial, not the browser', () => {
    const loop: DefinitionInput = {
      kind: 'automation',
      id: 'loop',
      name: 'Loop',
      triggers: [{ type: 'manual' }],
      nodes: [
        { id: 'wait', type: 'wait_time', settings: { duration: { amount: 1, unit: 'minutes' } } },
        { id: 'again', type: 'go_to', settings: { node: 'wait' } },
      ],
      edges: [
        { from: 'start', to: 'wait' },
        { from: 'wait', to: 'again' },
      ],
    };
    const session = open({}, definitionsFrom(model, loop));
    session.send({ type: 'track', event: 'ripen.enrol', properties: { automation: 'loop' } }, start);
    expect(session.advance(start + 60 * dayMs)).toBeLessThan(start + 3 * dayMs);
    expect(session.frames).toHaveLength(mostFrames);
  });

  test('a known contact goes on from all that arrived, under what was in force; nothing of it is told again', () => {
    const before = definitionsFrom(model, lifecycle);
    const contact = '00000000-0000-8000-8000-000000000001';
    const arrival = (messageId: string, at: number, more: object) => ({
      ...{ kind: 'arrival', contact, messageId, properties: {}, fields: null, backfilled: false },
      ...{ occurredAt: new Date(at).toISOString(), arrivedAt: new Date(at).toISOString() },
      ...more,
    });
    const arrivals = [
      arrival('a', start - 9 * dayMs, { type: 'identify', fields: { country: 'US' } }),
      arrival('b', start - 8 * dayMs, { type: 'clicked', properties: { link: 'y' } }),
    ];
    const session = new Session({
      definitions: definitionsFrom(model, lifecycle, clicks),
      contact: { kind: 'known', contact, arrivals, under: before },
      at: start,
    });
    expect(session.frames).toEqual([]);
    expect(session.send(click(), start + 1)).toBeNull();
    expect(session.runs.map(({ status, node }) => [status, node])).toEqual([['waiting', 'wait']]);
    expect(session.frameAt(start + 1)?.subject.id).toBe(contact);
  });

  test('its ledger is the simulator’s, line by line', () => {
    const records: SimulationRecord[] = [];
    const simulator = new Simulator({
      definitions: definitionsFrom(model, lifecycle, clicks),
      emit: (one) => records.push(one),
    });
    const call = (messageId: string, rest: object) => ({ messageId, userId: 'u', ...rest });
    simulator.take(call('try:1', { type: 'identify', traits: { country: 'US' } }), { receivedAt: start });
    simulator.take(call('try:2', click()), { receivedAt: start + dayMs });
    simulator.advance(start + 90 * dayMs);
    const session = open({ fields: { country: 'US' } });
    session.send(click(), start + dayMs);
    session.advance(start + 90 * dayMs);
    const lines = session.frames.flatMap((frame) => frame.records.map(lineOf));
    expect(lines.filter((line) => line.includes('"entry"')).length).toBeGreaterThan(2);
    expect(lines).toEqual(records.map(lineOf));
  });
});

test('why a condition holds is what the core says, whatever it is', () => {
  const view: View = {
    at: start,
    fields: { country: 'US', title: 'CEO', employees: 5 },
    labels: ['vip'],
    stage: 'warm',
    properties: { asset: 'a', seconds: 40 },
    events: () => [{ at: start - dayMs, properties: {} }],
    score: () => 12_000_000,
    band: () => null,
  };
  const nobody = () => null;
  fc.assert(
    fc.property(richCondition(['m']), (condition) => {
      expect(whyOf(condition, view, nobody).holds).toBe(compileCondition(condition, nobody).holds(view));
    }),
  );
});

test('a scenario is held against what it led to', () => {
  const definitions = definitionsFrom(model, lifecycle, clicks);
  const scenario: Parameters<typeof runScenario>[1] = {
    startsAt: new Date(start).toISOString(),
    days: 10,
    contact: someone({ fields: { country: 'US' } }),
    happens: [
      { kind: 'event', afterMinutes: 60, event: 'clicked', properties: { link: 'x' } },
      { kind: 'event', afterMinutes: 99 * 1_440, event: 'clicked', properties: {} },
    ],
  };
  const { session, refused, until } = runScenario(definitions, scenario);
  expect([...refused.keys()]).toEqual([1]);
  const outcome = outcomeOf(session, 'clicks', ['m'], until);
  expect(outcome).toEqual({
    stage: 'warm',
    scores: { m: 25 },
    path: ['where us', 'wait', 'wait next', 'add next'],
    notifications: 0,
    leads: 0,
  });
  expect(differencesOf(outcome, outcome)).toEqual([]);
  expect(
    differencesOf(outcome, { ...outcome, stage: null, scores: { m: 24 }, path: [] }).map(({ what }) => what),
  ).toEqual(['stage', 'score', 'path']);
});
