import { describe, expect, test } from 'vitest';
import { tellingFacts, unheardFacts, type AccountFact } from './account-facts.ts';
import { automation, day, model, Play, programOf, type Happening } from '../generators/play.ts';

const fact = (on: number, value: AccountFact['value'], field = 'account.industry'): AccountFact => ({
  ...{ field, value, at: day(on) },
  ...{ by: 'Ada', reason: 'read it in the register' },
});
const told = (on: number, ...facts: AccountFact[]): Happening => ({
  on,
  type: 'ripen.account_fields',
  properties: tellingFacts('account', facts),
});
const software = {
  ...{ kind: 'profile' as const, id: 'software', name: 'Software', group: 'fit', points: 10 },
  when: { kind: 'field' as const, field: 'account.industry', is: { op: 'equals' as const, value: 'Software' } },
};

describe('what a contact hears of its account', () => {
  test('changes what rules look at, and sets off what a changed field triggers', () => {
    const noticed = automation(
      'noticed',
      [{ type: 'field_changed', field: 'account.industry' }],
      [{ id: 'add', type: 'add_points', settings: { model: 'main', points: 3 } }],
    );
    const play = new Play(programOf(model([software]), noticed)).then({ on: 0, type: 'opened' });
    play.then(told(2, fact(1, 'Software')));
    expect(play.ledger).toEqual(['profile +10 @2 rule:software', 'points +3 @2 node:noticed/add']);
    play.then(told(3, fact(3, null)));
    expect(play.ledger.slice(2)).toEqual(['reversal -10 @3 rule:software', 'points +3 @3 node:noticed/add']);
  });

  test('is no activity, and is as old as what was said, not as its arrival', () => {
    const play = new Play(programOf(model([software]))).then({ on: 0, type: 'opened' });
    play.then(told(9, fact(4, 'Software')));
    expect(play.driver.subject.lastActivityAt).toBe(day(0));
    expect(play.driver.subject.fieldTimes['account.industry']).toBe(day(4));
  });

  test('gives way to what the contact says since, and to nothing older', () => {
    const play = new Play(programOf(model([software])));
    play.then({ on: 5, type: 'group', fields: { 'account.industry': 'Retail' } });
    play.then(told(6, fact(3, 'Software')));
    expect(play.driver.subject.fields['account.industry']).toBe('Retail');
    play.then(told(7, fact(6, 'Software')), {
      on: 8,
      type: 'group',
      occurred: 4,
      fields: { 'account.industry': 'Mining' },
    });
    expect(play.driver.subject.fields['account.industry']).toBe('Software');
    play.then({ on: 9, type: 'group', fields: { 'account.industry': 'Retail' } });
    expect(play.ledger).toEqual(['profile +10 @7 rule:software', 'reversal -10 @9 rule:software']);
  });

  test('is heard once: what is known, or was said again since, is no news', () => {
    const play = new Play(programOf(model([software])));
    const said = [fact(3, 'Software'), fact(3, 40, 'account.employees')];
    expect(unheardFacts(play.driver.subject, said)).toEqual(said);
    play.then(told(4, ...said));
    expect(unheardFacts(play.driver.subject, said)).toEqual([]);
    // Corrected as of the same day, and said again on a later one.
    expect(unheardFacts(play.driver.subject, [fact(3, 'Retail'), fact(2, 'Retail')])).toEqual([fact(3, 'Retail')]);
    const again = fact(5, 'Software');
    expect(unheardFacts(play.driver.subject, [again])).toEqual([again]);
    play.then(told(6, again));
    expect(unheardFacts(play.driver.subject, [again])).toEqual([]);
    expect(play.ledger).toEqual(['profile +10 @4 rule:software']);
  });
});
