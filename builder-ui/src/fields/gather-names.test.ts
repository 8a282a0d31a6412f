import { expect, test } from 'vitest';
import type { DefinitionDetail } from '../api/definitions.ts';
import { gatherNames } from './gather-names.ts';
import { withUsual } from './usual-events.ts';

const summary = { version: 1, publishedAt: null, description: null, draft: null, status: 'live' } as const;
const detail = (
  kind: DefinitionDetail['kind'],
  id: string,
  document: Record<string, unknown> | null,
  draft: Record<string, unknown> | null = null,
): DefinitionDetail => ({
  ...summary,
  kind,
  id,
  name: id.toUpperCase(),
  document,
  draft: draft && { edition: 1, updatedAt: '2026-01-01T00:00:00Z', document: draft },
});

const field = (path: string) => ({
  ...{ path, name: null, description: null, kind: 'text' as const, type: null, seenKind: 'text' as const },
  ...{ declared: false, deleted: false, uses: 0, lastSeenAt: null },
});

test('names come from what is published, from the draft where nothing is, and from what was seen', () => {
  const names = gatherNames(
    {
      models: [
        detail('model', 'intent', { groups: [{ id: 'fit', name: 'Fit', kind: 'profile' }] }),
        detail('model', 'new', null, { groups: 'not yet' }),
      ],
      lifecycle: detail('lifecycle', 'lifecycle', {
        model: 'intent',
        stages: [{ id: 'mql', name: 'MQL' }, { name: 'no id' }],
      }),
      channels: [detail('channel', 'mail', { type: 'email' })],
      queues: [{ ...summary, kind: 'queue', id: 'emea', name: 'EMEA' }],
      automations: [{ ...summary, kind: 'automation', id: 'old', name: 'Old', status: 'archived' }],
      segments: [{ ...summary, kind: 'segment', id: 'openers', name: 'Openers' }],
      eventTypes: [
        { ...summary, kind: 'event_type', id: 'page', name: 'Page declared' },
        { ...summary, kind: 'event_type', id: 'demo', name: 'Demo' },
      ],
    },
    {
      eventTypes: [
        {
          ...{ id: 'page', name: 'Page', description: null, declared: true, activity: true, scanners: false },
          ...{ uses: 0, lastSeenAt: null, properties: [] },
        },
      ],
      fields: [field('country'), { ...field('fax'), deleted: true }],
      labels: [{ label: 'VIP', declared: false, uses: 0, lastSeenAt: null }],
    },
  );
  expect(names.models.map(({ groups }) => groups.map(({ id }) => id))).toEqual([
    ['fit', 'automations'],
    ['automations'],
  ]);
  expect(names.stages).toEqual([{ id: 'mql', name: 'MQL' }]);
  expect(names.lifecycleModel).toBe('intent');
  expect(names.channels).toEqual([{ id: 'mail', name: 'MAIL', type: 'email' }]);
  expect(names.automations).toEqual([]);
  expect(names.eventTypes.filter(({ usual }) => !usual).map(({ name }) => name)).toEqual(['Page', 'Demo']);
  expect(names.labels).toEqual(['VIP']);
  // What was deleted is not offered.
  expect(names.fields.map(({ path }) => path)).toEqual(['country']);
});

test('usual events are offered before anything came, with the properties that rules on time ask for', () => {
  const { eventTypes } = gatherNames(undefined, undefined);
  const kindOf = (event: string, property: string) =>
    eventTypes.find(({ id }) => id === event)?.properties.find(({ path }) => path === property)?.kind;
  expect(kindOf('page', 'secondsOnPage')).toBe('number');
  expect(kindOf('video_watched', 'percentWatched')).toBe('number');
});

test('what a workspace says of a usual event stands, and nothing is offered twice', () => {
  const own = { id: 'page', name: 'Page', declared: true, activity: true, lastSeenAt: null };
  const seen = withUsual([{ ...own, properties: [{ path: 'slug', kind: 'text' }] }]);
  expect(seen.filter(({ id }) => id === 'page')).toEqual([{ ...own, properties: [{ path: 'slug', kind: 'text' }] }]);
  expect(withUsual([{ ...own, properties: [] }])[0]).toMatchObject({
    name: 'Page',
    properties: [{ path: 'path' }, {}, {}, {}, {}],
  });
});

test('without answers there are no names, and nothing fails', () => {
  expect(gatherNames(undefined, undefined)).toMatchObject({ models: [], stages: [], lifecycleModel: null });
});
