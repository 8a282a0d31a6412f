/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-argument --
   answers are looked into freely: the server under test checks each against its schema */
import { expect, test } from 'vitest';
import { dayMs, identify, noon, startLists, track } from './support.ts';

const onPath = (path: string) => ({ kind: 'property', property: 'path', is: { op: 'equals', value: path } });
const rule = (id: string, more: object) => ({
  ...{ kind: 'behaviour', id, name: id, group: 'acts', points: 1, event: 'read' },
  ...more,
});
const model = {
  ...{ kind: 'model', id: 'pages', name: 'Pages' },
  groups: [
    { id: 'acts', name: 'Acts', kind: 'behaviour' },
    { id: 'who', name: 'Who', kind: 'profile' },
  ],
  rules: [
    rule('pricing', { where: onPath('/pricing') }),
    rule('typo', { where: onPath('/prcing') }),
    rule('elsewhere', { where: { kind: 'property', property: 'pagePath', is: { op: 'is_set' } } }),
    {
      ...{ kind: 'profile', id: 'boss', name: 'boss', group: 'who', points: 1 },
      when: { kind: 'field', field: 'title', is: { op: 'equals', value: 'Boss' } },
    },
  ],
};

test('rules that never fit although what they look at comes are told from those that match', async () => {
  await using server = await startLists();
  await server.post('/api/apply', { documents: [model] });
  // Rules are in force since the database says so, whose clock is the machine's.
  server.clock.set(Date.now() + dayMs);
  const told = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await server.get('/api/models/pages/checks')).body.items.map(
        ({ rule: id, code, message }: Record<string, string>) => [id, `${code} ${message}`],
      ),
    );
  const at = { timestamp: new Date(Date.now() + dayMs - 60_000).toISOString() };
  await server.send(
    { ...identify('ann', { title: 'Clerk' }), ...at },
    track('ann', 'read', { ...at, properties: { path: '/pricing' } }),
  );
  await server.drain();
  const first = await told();
  expect(Object.keys(first).sort()).toEqual(['boss', 'elsewhere', 'typo']);
  expect(first['typo']).toMatch(/^rule_never_fits .*what it asks of them is never so/);
  expect(first['elsewhere']).toMatch(/^rule_never_fits .*none of them has the property "pagePath"/);
  expect(first['boss']).toMatch(/^rule_never_fits Nobody fits "boss", although contacts have "title"/);
  await server.send(
    { ...identify('bob', { title: 'Boss' }), ...at },
    track('bob', 'read', { ...at, properties: { path: '/prcing' } }),
  );
  await server.drain();
  expect(Object.keys(await told())).toEqual(['elsewhere']);
  // Events go on, but not all rules find something new in them.
  server.clock.set(Date.now() + 95 * dayMs);
  await server.send(track('cat', 'read', { properties: { path: '/pricing' } }));
  await server.drain();
  const later = await told();
  expect(later['typo']).toMatch(/^rule_not_matched .* no points in 90 days, although events of the type "read" come/);
  expect(later).not.toHaveProperty('pricing');
});

test('health counts what scanners did in the last day', async () => {
  await using server = await startLists();
  const type = { kind: 'event_type', id: 'email_opened', name: 'Opened', scanners: {} };
  await server.post('/api/apply', { documents: [type] });
  const opened = (id: string, userAgent: string) => track(id, 'email_opened', { properties: { userAgent } });
  await server.send(opened('ann', 'Barracuda Sentinel'), opened('ann', 'Firefox'), opened('bob', 'SafeLinks'));
  await server.drain();
  expect((await server.get('/api/health')).body.lastDay.scanned).toBe(2);
  server.clock.set(noon + 2 * dayMs);
  expect((await server.get('/api/health')).body.lastDay.scanned).toBe(0);
});
