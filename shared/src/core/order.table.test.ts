import { describe, expect, test } from 'vitest';
import type { DefinitionInput } from '../model/definitions.ts';
import { automation, day, model, Play, programOf, rule } from './generators/play.ts';

const field = (id: string, name: string, value: string, points: number) => ({
  kind: 'profile' as const,
  id,
  name: id,
  group: 'fit',
  points,
  when: { kind: 'field' as const, field: name, is: { op: 'equals' as const, value } },
});

describe('the order of things', () => {
  test('at one instant: expiries, decay step, reset, stage moves, resumed waits, then events', () => {
    const stages: DefinitionInput = {
      kind: 'lifecycle',
      model: 'main',
      stages: [{ id: 'lead', name: 'Lead', threshold: 10 }],
    };
    const program = programOf(
      model([rule('open', 'opened', 10), rule('click', 'clicked', 20)], {
        windowDays: 30,
        decay: { afterDays: 30, by: { kind: 'points', points: 5 } },
        reset: { afterDays: 30, from: 'last_activity' },
      }),
      stages,
      automation(
        'flow',
        [{ type: 'event', event: 'opened' }],
        [
          { id: 'wait', type: 'wait_time', settings: { duration: { amount: 30, unit: 'days' } } },
          { id: 'add', type: 'add_points', settings: { model: 'main', points: 1 } },
        ],
      ),
    );
    const play = new Play(program).then({ on: 0, type: 'opened' }, { on: 0, type: 'email_sent' });
    // Points of a passive event, earned later, are there for the decay step and the reset to take.
    const sent = programOf(
      model([rule('open', 'opened', 10), rule('sent', 'email_sent', 8)], {
        windowDays: 30,
        decay: { afterDays: 30, by: { kind: 'points', points: 5 } },
        reset: { afterDays: 30, from: 'last_activity' },
      }),
      stages,
      automation(
        'flow',
        [{ type: 'event', event: 'opened' }],
        [
          { id: 'wait', type: 'wait_time', settings: { duration: { amount: 30, unit: 'days' } } },
          { id: 'add', type: 'add_points', settings: { model: 'main', points: 1 } },
        ],
      ),
    );
    expect(play.until(30).ledger).toEqual([
      'points +10 @0 rule:open',
      'expiry -10 @30 rule:open',
      'reset +0 @30 reset',
      'points +1 @30 node:flow/add',
    ]);
    const full = new Play(sent).then(
      { on: 0, type: 'opened' },
      { on: 10, type: 'email_sent' },
      { on: 30, type: 'opened' },
    );
    expect(full.ledger).toEqual([
      'points +10 @0 rule:open',
      'points +8 @10 rule:sent',
      'expiry -10 @30 rule:open',
      'decay -5 @30 decay',
      'reset -3 @30 reset',
      'points +1 @30 node:flow/add',
      'points +10 @30 rule:open',
    ]);
    expect(full.moves).toEqual(['- > lead @0 past lead', 'lead > - @30 past lead', '- > lead @30 past lead']);
    // The wait went on when the stage was lost already, and before the event brought it back.
    expect(full.outcome.moves.map((move) => move.messageId)).toEqual(['m0', null, 'm2']);
  });

  test('inside one event: fields, then rules in id order, then stages, then automations', () => {
    const ask = automation(
      'flow',
      [{ type: 'event', event: 'opened' }],
      [
        {
          id: 'ask',
          type: 'condition',
          settings: { branches: [{ id: 'moved', name: 'moved', when: { kind: 'stage', in: ['lead'] } }] },
        },
      ],
    );
    const program = programOf(
      model([rule('b', 'opened', 5), field('c', 'country', 'US', 4), field('a', 'country', 'US', 3)]),
      { kind: 'lifecycle', model: 'main', stages: [{ id: 'lead', name: 'Lead', threshold: 12 }] },
      ask,
    );
    const play = new Play(program).then({ on: 1, type: 'opened', fields: { country: 'US' } });
    expect(play.ledger).toEqual(['profile +3 @1 rule:a', 'points +5 @1 rule:b', 'profile +4 @1 rule:c']);
    expect([play.moves, play.trails]).toEqual([['- > lead @1 past lead'], ['ask:moved@1 completed']]);
  });

  test('what rises and falls inside one event moves no stage', () => {
    const program = programOf(model([rule('a', 'opened', 50), rule('b', 'opened', -45)]), {
      kind: 'lifecycle',
      model: 'main',
      stages: [{ id: 'lead', name: 'Lead', threshold: 20 }],
    });
    expect(new Play(program).then({ on: 1, type: 'opened' }).moves).toEqual([]);
  });

  test('models in id order', () => {
    const other = { ...model([rule('x', 'opened', 1)]), id: 'another' };
    const play = new Play(programOf(model([rule('x', 'opened', 2)]), other)).then({ on: 1, type: 'opened' });
    expect(play.outcome.entries.map((entry) => entry.model)).toEqual(['another', 'main']);
  });

  test('a moment met again, by a reset that a late event made due, gives other ids', () => {
    const program = programOf(
      model([rule('open', 'opened', 30)], { reset: { afterDays: 10 } }),
      { kind: 'lifecycle', model: 'main', stages: [{ id: 'lead', name: 'Lead', threshold: 20 }] },
      automation('lost', [{ type: 'stage_left', stage: 'lead' }], [{ id: 'end', type: 'end', settings: {} }]),
      automation('silent', [{ type: 'inactive', days: 10 }], [{ id: 'end', type: 'end', settings: {} }]),
    );
    const play = new Play(program).then({ on: 0, type: 'viewed' }).until(10);
    // On day 10 the silence of ten days met its automation; an event of day 0 arrives, and its points are reset at once.
    play.then({ on: 10, type: 'opened', occurred: 0 }).until(10).then({ on: 10, type: 'viewed' });
    expect(play.ledger).toEqual(['points +30 @10 of 0 rule:open', 'reset -30 @10 reset']);
    expect(play.outcome.runs.size).toBe(2);
  });
});

describe('published definitions', () => {
  const country = (points: number, id = 'us') => ({ ...field(id, 'country', 'US', points) });
  const revised = (first: ReturnType<typeof model>, second: ReturnType<typeof model>) => {
    const play = new Play(programOf(first)).then({ on: 0, type: 'opened', fields: { country: 'US' } });
    return play.publish(programOf(second));
  };

  test('count for what comes after, not for what was earned', () => {
    const play = revised(model([rule('open', 'opened', 10)]), model([rule('open', 'opened', 15)]));
    expect(play.then({ on: 1, type: 'opened' }).ledger).toEqual(['points +10 @0 rule:open', 'points +15 @1 rule:open']);
  });

  test('profile points are brought up to date with the next look', () => {
    const play = revised(model([country(5)]), model([country(8)]));
    play.driver.tick(day(1));
    expect(play.ledger).toEqual(['profile +5 @0 rule:us', 'reversal -5 @1 rule:us', 'profile +8 @1 rule:us']);
  });

  test('a rule that is gone gives its points back', () => {
    const play = revised(model([country(5)]), model([country(8, 'other')]));
    expect(play.then({ on: 1, type: 'opened' }).ledger).toEqual([
      'profile +5 @0 rule:us',
      'reversal -5 @1 rule:us',
      'profile +8 @1 rule:other',
    ]);
  });

  test('a window that gets shorter leaves what was earned its own', () => {
    const play = revised(
      model([rule('open', 'opened', 10)], { windowDays: 20 }),
      model([rule('open', 'opened', 10)], { windowDays: 5 }),
    );
    play.then({ on: 1, type: 'opened' }).until(30);
    expect(play.ledger.slice(2)).toEqual(['expiry -10 @6 rule:open', 'expiry -10 @20 rule:open']);
  });

  test('a half-life that is new fades only what comes after', () => {
    const play = revised(
      model([rule('open', 'opened', 10)]),
      model([rule('open', 'opened', 10)], { halfLifeDays: 10 }),
    );
    play.then({ on: 1, type: 'opened' });
    expect(play.score(11)).toBe(15);
  });

  test('a look under new definitions is no look at what never happened', () => {
    const play = new Play(programOf(model([country(5)])));
    play.driver.tick(day(1));
    expect([play.ledger, play.driver.subject.revision]).toEqual([[], -1]);
  });
});
