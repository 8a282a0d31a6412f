import type { Lifecycle } from '@ripen/shared';
import { expect, test } from 'vitest';
import { noNames } from '../../fields/index.ts';
import { differences } from './differences.ts';
import { thresholdsFromOffers, addStage, changeStage, moveThreshold, removeStage, roomOf, shiftStage } from './edit.ts';
import { problemsOfLifecycle } from './problems.ts';
import { readLifecycle, usualLifecycle } from './read-lifecycle.ts';

const lifecycle: Lifecycle = { ...usualLifecycle, model: 'lead' };
const range = { min: 0, max: 100 };
const thresholds = ({ stages }: Lifecycle): (number | undefined)[] => stages.map(({ threshold }) => threshold);

test('a threshold moves in whole points between its neighbours', () => {
  expect(roomOf(lifecycle.stages, 'lead', range)).toEqual({ min: 11, max: 74 });
  expect(roomOf(lifecycle.stages, 'sql', range)).toEqual({ min: 76, max: 100 });
  expect(thresholds(moveThreshold(lifecycle, 'lead', 60.4, range))).toEqual([10, 60, 75, 100]);
  expect(thresholds(moveThreshold(lifecycle, 'lead', 300, range))).toEqual([10, 74, 75, 100]);
  expect(thresholds(moveThreshold(lifecycle, 'prospect', -5, range))).toEqual([0, 50, 75, 100]);
  const tight = changeStage(lifecycle, 'prospect', { threshold: 74 });
  expect(moveThreshold(tight, 'lead', 60, range)).toBe(tight);
});

test('stages come, go and change places', () => {
  const some = removeStage(lifecycle, 'sql');
  const added = addStage(some, range);
  expect(thresholds(added.lifecycle)).toEqual([10, 50, 75, 87]);
  const customer = changeStage(added.lifecycle, added.id, { threshold: undefined, terminal: true });
  expect(thresholds(addStage(customer, range).lifecycle)).toEqual([10, 50, 75, 87, undefined]);
  expect(thresholds(addStage(lifecycle, range).lifecycle)).toEqual([10, 50, 75, 100, undefined]);
  expect(shiftStage(lifecycle, 'mql', -1).stages.map(({ id }) => id)).toEqual(['prospect', 'mql', 'lead', 'sql']);
  expect(shiftStage(lifecycle, 'prospect', -1)).toBe(lifecycle);
});

test('unfinished drafts open, corrupt ones say why', () => {
  expect(readLifecycle({ kind: 'lifecycle', stages: [{ id: 'a', name: '' }] })).toEqual({
    kind: 'document',
    document: { kind: 'lifecycle', model: '', stages: [{ id: 'a', name: '', margin: 0, terminal: false }] },
  });
  for (const raw of [null, { kind: 'model' }, { kind: 'lifecycle', stages: [] }, { kind: 'lifecycle', stages: [{}] }])
    expect(readLifecycle(raw).kind).toBe('corrupt');
});

test('what a publication changes is said in words', () => {
  const after = changeStage(
    changeStage(removeStage(lifecycle, 'prospect'), 'mql', { threshold: 70, margin: 5 }),
    'sql',
    {
      name: 'Sales ready',
      terminal: true,
    },
  );
  expect(differences(lifecycle, after, noNames).map(({ act, what }) => `${act}: ${what}`)).toEqual([
    'changed: Stage “MQL”: from 70 instead of 75, is lost 5 points below it',
    'changed: Stage “SQL”: is called “Sales ready”, scores never move a contact out',
    'removed: Stage “Prospect”',
  ]);
  expect(differences(null, lifecycle, noNames)[0]).toEqual({ act: 'added', what: 'Driven by “Lead”' });
  expect(differences(lifecycle, shiftStage(lifecycle, 'sql', -1), noNames).map(({ what }) => what)).toEqual([
    'Order: Prospect, Lead, SQL, MQL',
  ]);
});

test('a lifecycle without a model asks for one; stages that automations need are missed', () => {
  expect(problemsOfLifecycle(usualLifecycle, [])[0]?.path).toBe('model');
  expect(problemsOfLifecycle(changeStage(lifecycle, 'mql', { name: '' }), [])[0]).toMatchObject({
    path: 'stages.2.name',
    message: '“New stage”: fill in the name.',
  });
  expect(problemsOfLifecycle(changeStage(lifecycle, 'mql', { threshold: 30 }), [])).toContainEqual(
    expect.objectContaining({ severity: 'error', path: 'stages.2.threshold' }),
  );
});

test('lead is the number of offers times the points of one, and 25 more each for MQL and SQL', () => {
  const stage = (id: string, threshold?: number) => ({ id, name: id, margin: 0, terminal: false, threshold });
  const stages = [stage('prospect', 1), stage('lead', 2), stage('mql', 3), stage('sql', 4), stage('customer')];
  const thresholds = (offers: number) =>
    thresholdsFromOffers({ kind: 'lifecycle', model: 'm', stages }, { offers, pointsEach: 10, step: 25 }).stages.map(
      ({ threshold }) => threshold,
    );
  expect(thresholds(5)).toEqual([10, 50, 75, 100, undefined]);
  expect(thresholds(3)).toEqual([10, 30, 55, 80, undefined]);
});
