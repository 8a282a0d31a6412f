import { expect, test } from 'vitest';
import { Announcement, mostIds, readAnnouncement } from './announce.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ids = (count: number): string[] => Array.from({ length: count }, (_, n) => id(n));

test('says what changed, each once', () => {
  const said = new Announcement();
  said.add('contacts', [id(1), id(2)]);
  said.add('contacts', [id(2)]);
  said.add('operations', null);
  said.add('runs', []);
  expect(readAnnouncement(said.payload())).toEqual(
    new Map([
      ['contacts', new Set([id(1), id(2)])],
      ['operations', null],
    ]),
  );
});

test('what is too much to name is not named, and stays so', () => {
  const said = new Announcement();
  said.add('contacts', ids(mostIds));
  expect(said.topics.get('contacts')?.size).toBe(mostIds);
  said.add('contacts', [id(mostIds)]);
  said.add('contacts', [id(1)]);
  expect(said.topics.get('contacts')).toBeNull();
});

test('fits into what Postgres takes, whatever the names', () => {
  const said = new Announcement();
  said.add('leads', [id(1)]);
  for (const topic of ['contacts', 'runs', 'imports', 'jobs', 'people'] as const)
    said.add(
      topic,
      ids(mostIds).map((name) => `${name}ä`),
    );
  const payload = said.payload();
  expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
  const read = readAnnouncement(payload);
  expect([...read.keys()]).toEqual(['leads', 'contacts', 'runs', 'imports', 'jobs', 'people']);
  expect(read.get('leads')).toEqual(new Set([id(1)]));
});
