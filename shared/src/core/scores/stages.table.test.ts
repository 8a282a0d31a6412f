import { describe, expect, test } from 'vitest';
import type { DefinitionInput } from '../../model/definitions.ts';
import { automation, model, Play, programOf, rule } from '../generators/play.ts';

type Stages = Extract<DefinitionInput, { kind: 'lifecycle' }>['stages'];

const stages = (
  more: Record<string, Partial<Stages[number]>> = {},
): Extract<DefinitionInput, { kind: 'lifecycle' }> => ({
  kind: 'lifecycle',
  model: 'main',
  stages: [
    ['prospect', 10],
    ['lead', 50],
    ['mql', 75],
    ['sql', 100],
  ].map(([id, threshold]) => ({
    id: String(id),
    name: String(id),
    threshold: Number(threshold),
    ...more[String(id)],
  })),
});
const rules = [
  rule('gain', 'gained', 1, {}),
  ...[5, 10, 40, 50, 60, 65, 75, 100].flatMap((points) => [
    rule(`up${String(points)}`, `up_${String(points)}`, points),
    rule(`down${String(points)}`, `down_${String(points)}`, -points),
  ]),
];
const on = (day: number, type: string, more = {}) => ({ on: day, type, ...more });
const setTo = (stage: string) =>
  automation(
    `to_${stage}`,
    [{ type: 'event', event: `to_${stage}` }],
    [{ id: 'move', type: 'move_stage', settings: { stage } }],
  );
const play = (lifecycle = stages(), more = {}) =>
  new Play(programOf(model(rules, more), lifecycle, ...lifecycle.stages.map((stage) => setTo(stage.id))));

describe('stages', () => {
  test('below the first threshold there is none; at a threshold one is in', () => {
    const contact = play().then(on(1, 'up_5'));
    expect(contact.moves).toEqual([]);
    contact.then(on(2, 'up_5'));
    expect(contact.moves).toEqual(['- > prospect @2 past prospect']);
  });

  test('one move for several thresholds, which lists those passed', () => {
    expect(play().then(on(1, 'up_75')).moves).toEqual(['- > mql @1 past prospect, lead, mql']);
  });

  test('down, and out of all stages', () => {
    const contact = play().then(on(1, 'up_75'), on(2, 'down_10'), on(3, 'down_60'));
    expect(contact.moves.slice(1)).toEqual(['mql > lead @2 past mql', 'lead > - @3 past lead, prospect']);
  });

  test('a fading score falls out of a stage in the first millisecond below its threshold', () => {
    const contact = play(stages(), { halfLifeDays: 30 }).then(on(0, 'up_100')).until(30);
    expect(contact.moves).toEqual([
      '- > sql @0 past prospect, lead, mql, sql',
      'sql > mql @0 past sql',
      'mql > lead @12.451125 past mql',
    ]);
    const [, , fall] = contact.outcome.moves;
    const at = (ms: number) => contact.score(((fall?.at ?? 0) + ms - contact.event(on(0, 'x')).arrivedAt) / 86_400_000);
    expect(at(0)).toBeLessThan(75);
    expect(at(-1)).toBeGreaterThanOrEqual(75);
    // At exactly 50 one is still in.
    expect(contact.score(30)).toBe(50);
    expect(contact.driver.subject.stage).toBe('lead');
  });

  test('a margin keeps a stage until the score is below threshold less margin', () => {
    const contact = play(stages({ lead: { margin: 5 } })).then(on(1, 'up_50'), on(2, 'down_5'));
    expect(contact.driver.subject.stage).toBe('lead');
    contact.then(on(3, 'down_5'));
    expect(contact.moves.at(-1)).toBe('lead > prospect @3 past lead');
    contact.then(on(4, 'up_5'));
    expect(contact.driver.subject.stage).toBe('prospect');
    contact.then(on(5, 'up_5'));
    expect(contact.moves.at(-1)).toBe('prospect > lead @5 past lead');
  });

  test('a minimum stay puts a fall off until it is over', () => {
    const contact = play(stages({ lead: { minimumStayDays: 7 } })).then(on(1, 'up_50'), on(2, 'down_10'));
    expect([contact.driver.subject.stage, contact.dueOn]).toEqual(['lead', 8]);
    expect(contact.until(9).moves.at(-1)).toBe('lead > prospect @8 past lead');
  });

  test('a score that recovers during the stay is not moved', () => {
    const contact = play(stages({ lead: { minimumStayDays: 7 } }))
      .then(on(1, 'up_50'), on(2, 'down_10'), on(3, 'up_10'))
      .until(20);
    expect(contact.moves).toHaveLength(1);
  });

  test('a stay does not stand in the way up', () => {
    expect(
      play(stages({ lead: { minimumStayDays: 7 } }))
        .then(on(1, 'up_50'), on(2, 'up_40'))
        .moves.at(-1),
    ).toBe('lead > mql @2 past mql');
  });

  test('a stage set by hand above the score stands while nothing is crossed', () => {
    const contact = play().then(on(1, 'up_60'), on(2, 'to_sql'), on(3, 'up_5'), on(4, 'up_10'));
    // The upward crossing of mql on day 4 does not lower sql.
    expect(contact.driver.subject.stage).toBe('sql');
    contact.then(on(5, 'down_5'));
    expect(contact.moves.at(-1)).toBe('sql > lead @5 past sql, mql');
  });

  test('a stage set by hand below the score stands until a crossing goes beyond it', () => {
    const contact = play().then(on(1, 'up_100'), on(2, 'to_prospect'), on(3, 'down_10'), on(4, 'down_50'));
    // Falling through sql, then mql and lead, never raises.
    expect(contact.moves.slice(1)).toEqual(['sql > prospect @2']);
    contact.then(on(5, 'up_10'));
    expect(contact.moves.at(-1)).toBe('prospect > lead @5 past lead');
  });

  test('a terminal stage is left alone', () => {
    const contact = play(stages({ sql: { terminal: true } })).then(on(1, 'up_100'), on(2, 'down_75'), on(3, 'up_75'));
    expect(contact.moves).toHaveLength(1);
  });

  test('an extra condition must hold for moving up', () => {
    const when = { kind: 'field' as const, field: 'country', is: { op: 'equals' as const, value: 'US' } };
    const contact = play(stages({ mql: { when } })).then(on(1, 'up_75'));
    expect(contact.driver.subject.stage).toBe('lead');
    contact.then(on(2, 'down_10'), on(3, 'up_10', { fields: { country: 'US' } }));
    expect(contact.driver.subject.stage).toBe('mql');
  });

  test('a reset moves down at its own moment', () => {
    const contact = play(stages(), { reset: { afterDays: 30 } })
      .then(on(0, 'up_60'))
      .until(40);
    expect(contact.moves.at(-1)).toBe('lead > - @30 past lead, prospect');
  });

  test('points that are negative and fade move a contact up with time', () => {
    const more = [rule('keep', 'kept', 60, { decays: false })];
    const contact = new Play(programOf(model([...rules, ...more], { halfLifeDays: 10 }), stages()))
      .then(on(0, 'down_40'), on(0, 'kept'))
      .until(60);
    // 60 - 40 * 0.5^(t / 10) reaches 50 after two half-lives, and 49.9999995, which is 50 when rounded, some 60 ms before.
    expect(contact.moves).toEqual(['- > prospect @0 past prospect', 'prospect > lead @19.999999 past lead']);
  });

  test('nobody falls into a stage without a threshold, and whoever was put there falls out of it', () => {
    const worked = stages();
    worked.stages.splice(2, 0, { id: 'working', name: 'Working' });
    expect(play(worked).then(on(1, 'up_75'), on(2, 'down_10')).moves.at(-1)).toBe('mql > lead @2 past mql');
    const put = play(worked).then(on(1, 'up_60'), on(2, 'to_working'));
    expect(put.driver.subject.stage).toBe('working');
    expect(put.then(on(3, 'down_50')).moves.at(-1)).toBe('working > prospect @3 past lead');
    const up = play(worked).then(on(1, 'up_60'), on(2, 'to_working'), on(3, 'up_40'));
    expect(up.moves.at(-1)).toBe('working > sql @3 past mql, sql');
  });

  test('a wide margin holds a stage though a lower one would be lost', () => {
    const contact = play(stages({ mql: { margin: 30 } })).then(
      on(1, 'up_75'),
      on(2, 'down_40'),
      on(2, 'up_10'),
      on(3, 'down_5'),
    );
    // 75, 35 is below 45; back to 45 is below 75.
    expect(contact.moves.slice(1)).toEqual(['mql > prospect @2 past mql, lead']);
    const held = play(stages({ mql: { margin: 30 } })).then(
      on(1, 'up_75'),
      on(2, 'down_10'),
      on(3, 'down_10'),
      on(4, 'down_10'),
    );
    // 65, 55, 45: lead would be lost below 50, mql only below 45.
    expect(held.driver.subject.stage).toBe('mql');
    expect(held.then(on(5, 'down_5')).moves.at(-1)).toBe('mql > prospect @5 past mql, lead');
  });

  test('outside the audience the score moves nothing; inside again it does', () => {
    const audience = { kind: 'field' as const, field: 'country', is: { op: 'equals' as const, value: 'US' } };
    const contact = play(stages(), { audience, windowDays: 10 }).then(on(0, 'up_60', { fields: { country: 'US' } }));
    contact.then(on(1, 'seen', { fields: { country: 'DE' } })).until(20);
    expect([contact.moves.length, contact.driver.subject.stage]).toEqual([1, 'lead']);
    contact.then(on(21, 'up_10', { fields: { country: 'US' } }));
    expect(contact.moves.at(-1)).toBe('lead > prospect @21 past lead');
  });

  test('what a move of the stage triggers happens at its moment', () => {
    const tell = automation(
      'fell',
      [{ type: 'stage_left', stage: 'lead' }],
      [{ id: 'label', type: 'add_label', settings: { label: 'fell' } }],
    );
    const contact = new Play(programOf(model(rules, { windowDays: 10 }), stages(), tell))
      .then(on(0, 'up_50'))
      .until(20);
    expect(contact.trails).toEqual(['label:next@10 completed']);
    expect(contact.driver.subject.labels).toEqual(['fell']);
  });
});
