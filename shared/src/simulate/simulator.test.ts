import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { history, richDefinitions } from '../core/generators/index.ts';
import { needs } from '../core/needs.ts';
import { compile } from '../core/compile.ts';
import { FactBook } from '../core/facts.ts';
import { step } from '../core/step.ts';
import { newSubject } from '../core/subject.ts';
import type { LedgerEntry } from '../core/result.ts';
import { definitionSchema, definitionsOf, type DefinitionInput, type Definitions } from '../model/definitions.ts';
import { entryLine, lineOf, type SimulationRecord } from './records.ts';
import { nodeTypeOf } from '../nodes/registry.ts';
import { Simulator, type SimulatorOptions } from './simulator.ts';

const definitionsFrom = (...documents: DefinitionInput[]): Definitions =>
  definitionsOf(documents.map((document) => definitionSchema.parse(document)));

const model: DefinitionInput = {
  kind: 'model',
  id: 'm',
  name: 'M',
  groups: [{ id: 'g', name: 'G', kind: 'behaviour' }],
  rules: [
    {
      kind: 'behaviour',
      id: 'seen',
      name: 'Seen',
      group: 'g',
      points: 10,
      event: 'seen',
      counts: { kind: 'every_time' },
    },
  ],
  decay: { afterDays: 60, everyDays: 30, by: { kind: 'points', points: 5 } },
};
const lifecycle: DefinitionInput = {
  kind: 'lifecycle',
  model: 'm',
  stages: [{ id: 'warm', name: 'Warm', threshold: 20 }],
};
const handOver: DefinitionInput = {
  kind: 'automation',
  id: 'hand-over',
  name: 'Hand over',
  triggers: [{ type: 'stage_entered', stage: 'warm' }],
  nodes: [
    { id: 'route', type: 'route', settings: { queue: 'q' } },
    { id: 'tell', type: 'notify', settings: { channel: 'c', body: 'go' } },
    { id: 'alone', type: 'add_points', settings: { model: 'm', points: 1 } },
  ],
  edges: [
    { from: 'start', to: 'route' },
    { from: 'route', port: 'routed', to: 'tell' },
    { from: 'route', port: 'no_one', to: 'alone' },
  ],
};
const channel: DefinitionInput = { kind: 'channel', id: 'c', name: 'C', type: 'email', to: ['a@b.example'] };
const queue = (...available: boolean[]): DefinitionInput => ({
  kind: 'queue',
  id: 'q',
  name: 'Q',
  reps: available.map((is, index) => ({ id: `r${index}`, name: `R${index}`, available: is })),
});

const track = (
  userId: string,
  event: string,
  timestamp: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  type: 'track',
  event,
  userId,
  timestamp,
  messageId: `${userId}:${event}:${timestamp}`,
  ...more,
});

const simulate = (
  options: Omit<SimulatorOptions, 'emit'>,
  messages: unknown[],
  until?: string,
): { records: SimulationRecord[]; simulator: Simulator } => {
  const records: SimulationRecord[] = [];
  const simulator = new Simulator({ ...options, emit: (record) => records.push(record) });
  messages.forEach((message, index) => simulator.take(message, { line: index + 1 }));
  if (until !== undefined) simulator.advance(Date.parse(until));
  simulator.finish();
  return { records, simulator };
};

const ofKind = <Kind extends SimulationRecord['kind']>(
  records: SimulationRecord[],
  kind: Kind,
): Extract<SimulationRecord, { kind: Kind }>[] =>
  records.filter((record): record is Extract<SimulationRecord, { kind: Kind }> => record.kind === kind);

const twoSeen = [track('u', 'Seen', '2026-01-01T00:00:00Z'), track('u', 'Seen', '2026-01-02T00:00:00Z')];

describe('messages', () => {
  test('what cannot be used is a dead letter with its line; the rest goes on', () => {
    const { records, simulator } = simulate({ definitions: definitionsFrom(model) }, [
      'nonsense',
      { ...track('u', 'Seen', '2026-01-01'), userId: undefined },
      track('u', 'Seen', 'not a date'),
      { type: 'track', event: 'Seen', userId: 'u' },
      track('u', 'ripen.unknown', '2026-01-01'),
      track('u', 'Seen', '2026-01-01'),
    ]);
    expect(ofKind(records, 'dead_letter').map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'An event must be a JSON object.'],
      [2, expect.stringContaining('userId')],
      [3, expect.stringContaining('timestamp')],
      [4, 'has neither timestamp nor receivedAt'],
      [5, 'Unknown internal event "ripen.unknown".'],
    ]);
    expect(ofKind(records, 'entry')).toHaveLength(1);
    expect(simulator.counts).toMatchObject({ deadLetters: 5, duplicates: 0 });
  });

  test('a message counts once', () => {
    const { records, simulator } = simulate({ definitions: definitionsFrom(model) }, [...twoSeen, ...twoSeen]);
    expect(ofKind(records, 'entry')).toHaveLength(2);
    expect(simulator.counts).toMatchObject({ taken: 2, duplicates: 2 });
  });

  test('a message that arrives later than asked for is left out', () => {
    const simulator = new Simulator({ definitions: definitionsFrom(model), emit: () => undefined });
    expect(simulator.take(track('u', 'Seen', '2026-01-02'), { until: Date.parse('2026-01-01') })).toBe(false);
    expect(simulator.subjects()).toEqual([]);
  });

  test('when it was received says when it arrives', () => {
    const { records } = simulate({ definitions: definitionsFrom(model) }, [
      track('u', 'Seen', '2026-01-01T00:00:00Z', { receivedAt: '2026-01-05T00:00:00Z' }),
    ]);
    expect(ofKind(records, 'entry')[0]?.entry).toMatchObject({
      at: Date.parse('2026-01-05'),
      earnedAt: Date.parse('2026-01-01'),
    });
  });
});

describe('time', () => {
  test('it goes on after the last event, each due at its own moment', () => {
    const { records } = simulate({ definitions: definitionsFrom(model, lifecycle) }, twoSeen, '2026-05-01T00:00:00Z');
    expect(
      ofKind(records, 'entry').map(({ entry }) => [
        entry.kind,
        entry.points / 1e6,
        new Date(entry.at).toISOString().slice(0, 10),
      ]),
    ).toEqual([
      ['points', 10, '2026-01-01'],
      ['points', 10, '2026-01-02'],
      ['decay', -5, '2026-03-03'],
      ['decay', -5, '2026-04-02'],
    ]);
    expect(ofKind(records, 'move').map(({ move }) => [move.to, new Date(move.at).toISOString().slice(0, 10)])).toEqual([
      ['warm', '2026-01-02'],
      [null, '2026-03-03'],
    ]);
  });

  test('scores are as of the moment asked for, whatever comes after', () => {
    const scoresAt = ['2026-01-01T12:00:00Z', '2026-03-10T00:00:00Z', '2026-06-01T00:00:00Z'].map((text) =>
      Date.parse(text),
    );
    const { records } = simulate({ definitions: definitionsFrom(model, lifecycle), scoresAt }, [
      ...twoSeen,
      track('u', 'Seen', '2026-05-20T00:00:00Z'),
    ]);
    expect(ofKind(records, 'score').map(({ score, stage }) => [score, stage])).toEqual([
      [10, null],
      [15, null],
      [15, null],
    ]);
  });
});

describe('routes', () => {
  const all = (...available: boolean[]): Definitions =>
    definitionsFrom(model, lifecycle, handOver, channel, queue(...available));
  const users = ['a', 'b', 'c'];
  const messages = users.flatMap((user) => [
    track(user, 'Seen', '2026-01-01T00:00:00Z'),
    track(user, 'Seen', '2026-01-02T00:00:00Z'),
  ]);

  test('are answered by round robin over who is available', () => {
    const { records } = simulate({ definitions: all(true, false, true) }, messages);
    expect(
      ofKind(records, 'lead').map(({ rep, decision }) => [rep, decision.excluded.map(({ rep: out }) => out)]),
    ).toEqual([
      ['r0', ['r1']],
      ['r2', ['r1']],
      ['r0', ['r1']],
    ]);
    expect(ofKind(records, 'delivery').map(({ status }) => status)).toEqual(['sent', 'sent', 'sent']);
    expect(
      ofKind(records, 'run').map(({ run }) => [run.status, run.trail.map(({ node, port }) => `${node}:${port}`)]),
    ).toEqual(users.map(() => ['completed', ['route:null', 'route:routed', 'tell:next']]));
  });

  test('go on by no_one when nobody is available', () => {
    const { records } = simulate({ definitions: all(false) }, messages.slice(0, 2));
    expect(ofKind(records, 'entry').at(-1)?.entry.cause).toBe('node:hand-over/alone');
  });

  test('wait for the answer in the file when there is one', () => {
    const waiting = simulate({ definitions: all(true), answers: 'recorded' }, messages.slice(0, 2));
    const [run] = ofKind(waiting.records, 'run');
    expect(run?.run).toMatchObject({ status: 'waiting', node: 'route' });
    const ask = waiting.simulator.subjects()[0]?.runs[0]?.waiting;
    if (ask?.for !== 'answer') throw new Error('no run waits for an answer');
    const answer = track('a', 'ripen.answer', '2026-01-03T00:00:00Z', { properties: { ask: ask.ask, port: 'no_one' } });
    const { records } = simulate({ definitions: all(true), answers: 'recorded' }, [...messages.slice(0, 2), answer]);
    expect(ofKind(records, 'run')[0]?.run).toMatchObject({ status: 'completed', at: Date.parse('2026-01-03') });
  });

  test("of a historical load page nobody and take nobody's turn", () => {
    const { records } = simulate({ definitions: all(true, true), historical: true }, messages);
    expect(ofKind(records, 'delivery').map(({ status }) => status)).toEqual(['held', 'held', 'held']);
    expect(ofKind(records, 'lead').map(({ held, rep }) => [held, rep])).toEqual(users.map(() => [true, null]));
  });
});

describe('people who turn out to be one', () => {
  const anonymous = (id: string, timestamp: string) => ({
    type: 'track',
    event: 'Seen',
    anonymousId: id,
    timestamp,
    messageId: `${id}:${timestamp}`,
  });

  test('their arrivals are replayed in order, as a new generation that tells nobody', () => {
    const messages = [
      track('u', 'Seen', '2026-01-01T00:00:00Z'),
      anonymous('x', '2026-01-02T00:00:00Z'),
      { type: 'identify', userId: 'u', anonymousId: 'x', timestamp: '2026-01-03T00:00:00Z', messageId: 'i' },
      anonymous('x', '2026-01-04T00:00:00Z'),
    ];
    const { records, simulator } = simulate(
      { definitions: definitionsFrom(model, lifecycle, handOver, channel, queue(true)) },
      messages,
    );
    expect(ofKind(records, 'merge')).toHaveLength(1);
    expect(simulator.subjects()).toHaveLength(1);
    expect(simulator.subjects()[0]).toMatchObject({ generation: 2, stage: 'warm' });
    const second = ofKind(records, 'entry').filter(({ generation }) => generation === 2);
    expect(second.map(({ entry }) => [new Date(entry.at).toISOString().slice(0, 10), entry.cause])).toEqual([
      ['2026-01-01', 'rule:seen'],
      ['2026-01-02', 'rule:seen'],
      // Only together they are warm: the rebuild finds a route that was never asked for, and asks nobody.
      ['2026-01-03', 'node:hand-over/alone'],
      ['2026-01-04', 'rule:seen'],
    ]);
    expect(ofKind(records, 'delivery')).toEqual([]);
  });
});

test('definitions published later count for what is taken later', () => {
  const records: SimulationRecord[] = [];
  const simulator = new Simulator({ definitions: definitionsFrom(model), emit: (record) => records.push(record) });
  simulator.take(twoSeen[0]);
  const dearer = definitionsFrom({
    ...model,
    rules: [
      {
        kind: 'behaviour',
        id: 'seen',
        name: 'Seen',
        group: 'g',
        points: 99,
        event: 'seen',
        counts: { kind: 'every_time' },
      },
    ],
  });
  simulator.publish({ ...dearer, revision: 2 });
  simulator.take(twoSeen[1]);
  expect(ofKind(records, 'entry').map(({ entry }) => entry.points / 1e6)).toEqual([10, 99]);
});

test('a line has its keys in order, free objects sorted, points as points and times as ISO 8601', () => {
  const entry: LedgerEntry = {
    id: 'i',
    seq: 3,
    model: 'm',
    group: null,
    kind: 'decay',
    points: -1_500_001,
    at: 0,
    earnedAt: 1,
    cause: 'decay',
    messageId: null,
    runId: null,
    decays: false,
    expiresAt: null,
    epoch: 0,
    factors: { zeta: 0.5, alpha: 1 },
    of: null,
  };
  expect(entryLine('c', 2, entry)).toBe(
    '{"kind":"entry","contact":"c","generation":2,"seq":3,"id":"i","model":"m","group":null,"change":"decay","points":-1.500001,' +
      '"at":"1970-01-01T00:00:00.000Z","earnedAt":"1970-01-01T00:00:00.001Z","cause":"decay","messageId":null,"run":null,"decays":false,' +
      '"expiresAt":null,"epoch":0,"factors":{"alpha":1,"zeta":0.5},"of":null}',
  );
});

/** The ledger of one contact as the simulator writes it, from generated arrivals. */
const ledgerOf = (
  definitions: Definitions,
  arrivals: readonly { messageId: string }[],
  until: number,
  options: Partial<SimulatorOptions> = {},
): string[] => {
  const lines: string[] = [];
  const simulator = new Simulator({
    definitions,
    answers: 'recorded',
    ...options,
    emit: (record) => {
      if (record.kind === 'entry' || record.kind === 'move') lines.push(lineOf(record));
    },
  });
  for (const { kind: _, ...arrival } of arrivals as readonly (Record<string, unknown> & { kind?: string })[]) {
    simulator.take({ kind: 'arrival', contact: '00000000-0000-4000-8000-000000000001', ...arrival });
  }
  simulator.advance(until);
  // Steps of time group entries and moves differently; each has its own order.
  return lines.sort((a, b) => Number(a.startsWith('{"kind":"move"')) - Number(b.startsWith('{"kind":"move"')));
};

describe('the law, in memory', () => {
  // What is held is answered at once, what is live when the answer comes: that is a difference in arrivals.
  const asks = (definitions: Definitions): boolean =>
    definitions.automations.some(({ graph }) => graph.nodes.some((node) => nodeTypeOf(node).kind === 'answering'));
  const generated = fc.tuple(
    richDefinitions.filter((definitions) => !asks(definitions)),
    history({ minLength: 1, maxLength: 30 }),
  );
  const after = 90 * 86_400_000;
  const lastOf = (events: readonly { arrivedAt: number }[]): number =>
    Math.max(...events.map(({ arrivedAt }) => arrivedAt));

  test('time that comes in steps and time that comes at once give the same ledger', () => {
    fc.assert(
      fc.property(
        generated,
        fc.array(fc.integer({ min: 0, max: after }), { maxLength: 5 }),
        ([definitions, events], looks) => {
          const until = lastOf(events) + after;
          const live = ledgerOf(definitions, events, until);
          expect(ledgerOf(definitions, events, until, { historical: true })).toEqual(live);
          // Looking changes nothing.
          expect(ledgerOf(definitions, events, until, { scoresAt: looks.map((look) => until - look) })).toEqual(live);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('what `needs` names is enough: facts loaded for each input give the ledger of facts kept all along', () => {
    fc.assert(
      fc.property(generated, ([definitions, events]) => {
        const until = lastOf(events) + after;
        const program = compile(definitions);
        const kept = new FactBook();
        const lines: string[] = [];
        let subject = newSubject('00000000-0000-4000-8000-000000000001');
        for (const event of [
          ...events.map((each) => ({ ...each })),
          { kind: 'tick' as const, to: until, now: until },
        ]) {
          const input =
            event.kind === 'tick' ? event : { ...event, arrivedAt: Math.max(event.arrivedAt, subject.clock) };
          needs(program, subject, [input]);
          const result = step(program, subject, input, kept);
          subject = result.subject;
          for (const entry of result.entries) lines.push(entryLine(subject.id, 1, entry));
        }
        expect(
          ledgerOf(definitions, events, until, { historical: true }).filter((line) =>
            line.startsWith('{"kind":"entry"'),
          ),
        ).toEqual(lines);
      }),
      { numRuns: 150 },
    );
  });
});
