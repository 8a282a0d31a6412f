import { describe, expect, test } from 'vitest';
import type { Json } from '../../model/value.ts';
import { nodeTypes, type NodeTypeName } from '../../nodes/registry.ts';
import { entered, go, label, pass, type NodeInput } from '../generators/pass-through.ts';
import { automation, model, Play, programOf } from '../generators/play.ts';

type WaitName = 'wait_time' | 'wait_until' | 'wait_hours' | 'wait_event' | 'wait_condition' | 'goal';

/** One test or more per node type that is no wait: a type without one fails below. */
const cases: Record<Exclude<NodeTypeName, WaitName>, () => void> = {
  condition: () => {
    const nodes: NodeInput[] = [
      {
        id: 'ask',
        type: 'condition',
        settings: {
          branches: [
            { id: 'rich', name: 'rich', when: { kind: 'score', model: 'main', atLeast: 30 } },
            { id: 'some', name: 'some', when: { kind: 'score', model: 'main', atLeast: 20 } },
            { id: 'poor', name: 'poor', when: { kind: 'score', model: 'main', atLeast: 10 } },
          ],
        },
      },
      label('a'),
      label('b'),
      label('c'),
      label('d'),
    ];
    const edges = entered(nodes, [
      ['ask', 'rich', 'a'],
      ['ask', 'some', 'b'],
      ['ask', 'poor', 'c'],
      ['ask', 'else', 'd'],
    ]);
    expect(pass(nodes, { edges }).then(go).trails).toEqual(['ask:some@1 b:next@1 completed']);
    const bands = ['rich', 'some', 'poor'].map((id, index) => ({ id, name: id, from: 30 - index * 10 }));
    const branches = bands.map(({ id, name }) => ({
      id,
      name,
      when: { kind: 'band' as const, model: 'main', in: [id] },
    }));
    const byBand: NodeInput[] = [{ id: 'ask', type: 'condition', settings: { branches } }, ...nodes.slice(1)];
    expect(pass(byBand, { edges, modelMore: { bands } }).then(go).trails).toEqual(['ask:some@1 b:next@1 completed']);
    const nobody = new Play(
      programOf(model([]), automation('flow', [{ type: 'event', event: 'go' }], nodes, { edges })),
    );
    expect(nobody.then(go).trails).toEqual(['ask:else@1 d:next@1 completed']);
  },
  random_split: () => {
    const split = (percent: number): NodeInput[] => [
      {
        id: 'split',
        type: 'random_split',
        settings: {
          branches: [
            { id: 'a', name: 'A', percent },
            { id: 'b', name: 'B', percent: 100 - percent },
          ],
        },
      },
      label('in_a'),
      label('in_b'),
    ];
    const edges = entered(split(50), [
      ['split', 'a', 'in_a'],
      ['split', 'b', 'in_b'],
    ]);
    expect(pass(split(100), { edges }).then(go).driver.subject.labels).toEqual(['in_a']);
    expect(pass(split(0), { edges }).then(go).driver.subject.labels).toEqual(['in_b']);
    const program = programOf(model([]), automation('flow', [{ type: 'event', event: 'go' }], split(30), { edges }));
    const first = (id: string) => new Play(program, id).then(go, { ...go, on: 2 });
    const contacts = Array.from({ length: 1_000 }, (_, index) => first(`contact-${String(index)}`));
    // The same contact always goes the same way, and about three in ten go to the left.
    expect(contacts.every((contact) => contact.driver.subject.labels.length === 1)).toBe(true);
    const share = contacts.filter((contact) => contact.driver.subject.labels[0] === 'in_a').length / contacts.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
  },
  add_points: () => {
    const play = pass([{ id: 'add', type: 'add_points', settings: { model: 'main', points: 7 } }], {
      modelMore: { halfLifeDays: 10, windowDays: 30 },
    });
    play.then(go, { ...go, on: 2 }).until(40);
    expect(play.ledger).toEqual([
      'points +20 @0 rule:earn',
      'points +7 @1 node:flow/add',
      'points +7 @2 node:flow/add',
      'expiry -2.5 @30 rule:earn',
      'expiry -0.875 @31 node:flow/add',
      'expiry -0.875 @32 node:flow/add',
    ]);
    const once = pass([
      {
        id: 'add',
        type: 'add_points',
        settings: { model: 'main', points: 7, counts: { kind: 'once' }, group: 'engagement' },
      },
    ]);
    expect(once.then(go, go).score(1)).toBe(27);
    expect(once.outcome.entries.at(-1)?.group).toBe('engagement');
    expect(
      pass([{ id: 'add', type: 'add_points', settings: { model: 'main', points: 7 } }])
        .then(go)
        .outcome.entries.at(-1)?.group,
    ).toBe('automations');
  },
  subtract_points: () => {
    const play = pass([{ id: 'take', type: 'subtract_points', settings: { model: 'main', points: 15, floor: 3 } }]);
    play.then(go, { ...go, on: 2 });
    // A decay step that stops at its floor: what comes after is not shrunk.
    expect(play.ledger.slice(1)).toEqual(['decay -15 @1 node:flow/take', 'decay -2 @2 node:flow/take']);
    expect(play.then({ on: 3, type: 'earned' }).score(3)).toBe(23);
    expect(play.then({ ...go, on: 4 }, { ...go, on: 5 }).ledger).toHaveLength(6);
  },
  penalty: () => {
    const play = pass([{ id: 'fine', type: 'penalty', settings: { model: 'main', points: 50 } }], {
      modelMore: { halfLifeDays: 10, windowDays: 30 },
    });
    play.then(go).until(100);
    // Below any floor, and it neither fades nor expires.
    expect(play.score(100)).toBe(-50);
    const asked = pass(
      [{ id: 'fine', type: 'penalty', settings: { model: 'main', points: 50, decays: true, expiresAfterDays: 20 } }],
      { modelMore: { halfLifeDays: 10 } },
    );
    asked.then(go).until(30);
    expect(asked.ledger.slice(1)).toEqual(['points -50 @1 node:flow/fine', 'expiry +12.5 @21 node:flow/fine']);
  },
  set_score: () => {
    const play = pass([{ id: 'set', type: 'set_score', settings: { model: 'main', score: 55.5 } }], {
      modelMore: { windowDays: 10 },
    });
    play.then(go);
    expect([play.score(1), play.ledger.at(-1)]).toEqual([55.5, 'adjustment +35.5 @1 node:flow/set']);
    // The adjustment lasts: only the points expire.
    expect(play.until(20).score(20)).toBe(35.5);
  },
  reset_score: () => {
    const play = pass([{ id: 'zero', type: 'reset_score', settings: { model: 'main' } }]);
    expect(play.then(go).ledger.at(-1)).toBe('reset -20 @1 node:flow/zero');
    expect([
      play.score(1),
      play.then({ on: 2, type: 'earned', occurred: 0.5 }).score(2),
      play.then({ on: 2, type: 'earned' }).score(2),
    ]).toEqual([0, 0, 20]);
  },
  decay_percent: () => {
    const play = pass([
      { id: 'shrink', type: 'decay_percent', settings: { model: 'main', percent: 30, floor: 12 } },
    ]).then(go, go);
    expect(play.ledger.slice(1)).toEqual(['decay -6 @1 node:flow/shrink', 'decay -2 @1 node:flow/shrink']);
  },
  move_stage: () => {
    const play = pass([{ id: 'move', type: 'move_stage', settings: { stage: 'mql' } }]).then(go, { ...go, on: 2 });
    expect(play.moves).toEqual(['- > mql @1']);
    expect(play.outcome.moves[0]?.cause).toBe('node:flow/move');
  },
  set_field: () => {
    const play = pass([
      { id: 'tier', type: 'set_field', settings: { field: 'tier', to: { kind: 'value', value: 'gold' } } },
      { id: 'score', type: 'set_field', settings: { field: 'points', to: { kind: 'score', model: 'main' } } },
      {
        id: 'part',
        type: 'set_field',
        settings: { field: 'behaviour', to: { kind: 'score', model: 'main', part: 'behaviour' } },
      },
    ]).then(go);
    expect(play.driver.subject.fields).toEqual({ tier: 'gold', points: 20, behaviour: 20 });
    // Dated by the contact's clock: what is older does not win over it.
    expect(
      play.then({ on: 2, type: 'identify', occurred: 0.5, fields: { tier: 'none' } }).driver.subject.fields['tier'],
    ).toBe('gold');
  },
  add_label: () => {
    const play = pass([label('hot')]).then(go, { ...go, on: 2 });
    expect(play.driver.subject.labels).toEqual(['hot']);
  },
  remove_label: () => {
    const play = pass([
      label('hot'),
      label('cold'),
      { id: 'off', type: 'remove_label', settings: { label: 'hot' } },
    ]).then(go);
    expect(play.driver.subject.labels).toEqual(['cold']);
  },
  notify: () => {
    const play = pass([
      {
        id: 'tell',
        type: 'notify',
        settings: { channel: 'hook', subject: '{{name}}', body: '{{score:main}} {{ event.page }} {{nothing}}.' },
      },
      label('told'),
    ]);
    play.then({ ...go, properties: { page: 'pricing' }, fields: { name: 'Grace' } });
    // The pass goes on at once; delivery is somebody else's business.
    expect(play.trails).toEqual(['tell:next@1 told:next@1 completed']);
    expect(play.outcome.effects).toMatchObject([
      {
        kind: 'deliver',
        channel: 'hook',
        held: null,
        payload: { message: { subject: 'Grace', body: '20 pricing .' } },
      },
    ]);
  },
  route: () => {
    const nodes: NodeInput[] = [
      { id: 'route', type: 'route', settings: { queue: 'sales' } },
      label('yes'),
      label('no'),
    ];
    const edges = entered(nodes, [
      ['route', 'routed', 'yes'],
      ['route', 'no_one', 'no'],
    ]);
    const asked = (port: string) => {
      const play = pass(nodes, { edges }).then(go);
      const [ask] = play.outcome.effects;
      expect([ask?.kind, play.driver.subject.openLead, play.trails]).toEqual(['ask', ask?.id, ['route:-@1 waiting']]);
      return play.until(3).then({ on: 3, type: 'ripen.answer', properties: { ask: ask?.id ?? '', port } });
    };
    const routed = asked('routed');
    expect(routed.trails).toEqual(['route:-@1 route:routed@3 yes:next@3 completed']);
    // Whoever sales has is not handed off twice, until sales is done with them.
    routed.then({ ...go, on: 4 });
    expect([routed.outcome.effects.length, routed.trails[1]]).toEqual([1, 'route:routed@4 yes:next@4 completed']);
    routed.then({ on: 5, type: 'ripen.lead_rejected', properties: {} }, { ...go, on: 6 });
    expect(routed.outcome.effects).toHaveLength(2);
    const free = asked('no_one');
    expect([free.trails, free.driver.subject.openLead]).toEqual([
      ['route:-@1 route:no_one@3 no:next@3 completed'],
      null,
    ]);
  },
  http_request: () => {
    const nodes: NodeInput[] = [
      {
        id: 'ask',
        type: 'http_request',
        settings: {
          channel: 'hook',
          body: '{{name}}',
          save: [
            { from: 'company.size', field: 'employees' },
            { from: 'tags', field: 'tags' },
            { from: 'company', field: 'raw' },
            { from: 'missing', field: 'missing' },
          ],
        },
      },
      label('yes'),
      label('no'),
    ];
    const edges = entered(nodes, [
      ['ask', 'response', 'yes'],
      ['ask', 'failed', 'no'],
    ]);
    const asked = (port: string, detail: Json) => {
      const play = pass(nodes, { edges }).then({ ...go, fields: { name: 'Grace' } });
      const [effect] = play.outcome.effects;
      expect(effect).toMatchObject({ kind: 'deliver', answers: true, payload: { message: { body: 'Grace' } } });
      expect(play.trails).toEqual(['ask:-@1 waiting']);
      return play.then({ on: 2, type: 'ripen.answer', properties: { ask: effect?.id ?? '', port, detail } });
    };
    const body = { company: { size: 40 }, tags: ['a', 1] };
    const known = asked('response', { status: 200, body });
    expect(known.trails).toEqual(['ask:-@1 ask:response@2 yes:next@2 completed']);
    expect(known.driver.subject.fields).toEqual({ name: 'Grace', employees: 40, tags: ['a', '1'], raw: '{"size":40}' });
    expect(asked('response', { status: 204, body: null }).driver.subject.fields).toEqual({ name: 'Grace' });
    const failed = asked('failed', { error: 'gone' });
    expect(failed.trails).toEqual(['ask:-@1 ask:failed@2 no:next@2 completed']);
    expect(failed.driver.subject.fields).toEqual({ name: 'Grace' });
  },
  go_to: () => {
    const nodes: NodeInput[] = [
      label('again'),
      { id: 'wait', type: 'wait_time', settings: { duration: { amount: 2, unit: 'days' } } },
      { id: 'back', type: 'go_to', settings: { node: 'again' } },
    ];
    expect(pass(nodes).then(go).until(4).trails).toEqual([
      'again:next@1 wait:-@1 wait:next@3 back:-@3 again:next@3 wait:-@3 waiting',
    ]);
  },
  start_automation: () => {
    const other = automation('other', [{ type: 'manual' }], [label('other')]);
    const play = pass([{ id: 'begin', type: 'start_automation', settings: { automation: 'other' } }, label('first')], {
      documents: [other],
    });
    // What it starts queues behind what is going on.
    expect(play.then(go).trails).toEqual(['begin:next@1 first:next@1 completed', 'other:next@1 completed']);
    expect(play.driver.subject.labels).toEqual(['first', 'other']);
  },
  end: () => {
    expect(pass([{ id: 'stop', type: 'end', settings: {} }]).then(go).trails).toEqual(['stop:-@1 completed']);
  },
};

describe('what each node does', () => {
  test.each(nodeTypes.filter(({ kind }) => kind !== 'wait').map(({ type }) => type))('%s', (type) => {
    expect(cases).toHaveProperty(type);
    cases[type as keyof typeof cases](); // As was just looked at.
  });

  test('a node that counts once does not use its count up on points that are worth nothing', () => {
    const audience = { kind: 'field' as const, field: 'country', is: { op: 'equals' as const, value: 'US' } };
    const play = pass(
      [{ id: 'add', type: 'add_points', settings: { model: 'main', points: 7, counts: { kind: 'once' } } }],
      { modelMore: { audience } },
    );
    play.then(go, { ...go, on: 2, fields: { country: 'US' } });
    expect(play.score(2)).toBe(7);
  });

  test('a handoff that was made though its run was cancelled is not made twice', () => {
    const nodes: NodeInput[] = [{ id: 'route', type: 'route', settings: { queue: 'sales' } }, label('yes')];
    const play = pass(nodes, { edges: entered(nodes, [['route', 'routed', 'yes']]) }).then(go);
    const [ask] = play.outcome.effects;
    const [run] = play.outcome.runs.keys();
    play.then(
      { on: 1, type: 'ripen.cancel_run', properties: { run: run ?? '' } },
      { on: 2, type: 'ripen.answer', properties: { ask: ask?.id ?? '', port: 'routed' } },
      { ...go, on: 3 },
    );
    expect(play.outcome.effects).toHaveLength(1);
    expect(play.trails[1]).toBe('route:routed@3 yes:next@3 completed');
  });

  test('points of a late event are dated by the event', () => {
    const play = pass([{ id: 'add', type: 'add_points', settings: { model: 'main', points: 8 } }], {
      modelMore: { halfLifeDays: 10 },
    });
    play.then({ on: 20, type: 'go', occurred: 10 });
    expect(play.ledger.at(-1)).toBe('points +8 @20 of 10 node:flow/add');
    expect(play.score(20)).toBe(5 + 4);
  });
});
