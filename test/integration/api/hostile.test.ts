import { allRoutes } from '@ripen/engine';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFixture, type Fixture } from './fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const nasty = fc.constantFrom(
  '',
  ' ',
  '\u0000',
  '\ud83d',
  '__proto__',
  'constructor',
  "'; drop table contacts; --",
  '%',
  '../../etc/passwd',
  '9'.repeat(400),
  '-1',
  '1e999',
  'null',
  '${x}',
  '{{x}}',
  '\u202e',
  '💥',
);
const text = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 40 }), fc.uuid());
const json = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: nasty },
  {
    weight: 3,
    arbitrary: fc.dictionary(
      fc.oneof(
        nasty,
        fc.constantFrom(
          'batch',
          'documents',
          'document',
          'kind',
          'name',
          'type',
          'userId',
          'traits',
          'timestamp',
          'stage',
          'reason',
          'value',
          'permissions',
          'importId',
          'event',
          'edition',
        ),
      ),
      fc.oneof(fc.jsonValue({ maxDepth: 3 }), text),
      { maxKeys: 6 },
    ),
  },
);
const encoded = (value: string): string => encodeURIComponent(value.toWellFormed());

/** Names of parameters that a route takes, and some that it does not. */
const queryNames = [
  'limit',
  'after',
  'status',
  'kinds',
  'model',
  'import',
  'userId',
  'email',
  'contact',
  'startedFrom',
  'nonsense',
];

describe('whatever is sent', () => {
  test.each(allRoutes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const))(
    '%s never fails on our side',
    { timeout: 60_000 },
    async (_name, route) => {
      const { url, admin, write } = fixture.server;
      const known = [
        fixture.contact,
        fixture.waitingRun,
        fixture.heldLead,
        'interest',
        'waiting',
        'sales',
        'lifecycle',
      ];
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(text, fc.constantFrom(...known)),
          fc.dictionary(fc.constantFrom(...queryNames), text, { maxKeys: 3 }),
          fc.oneof(
            json.map((value) => JSON.stringify(value)),
            fc.string({ maxLength: 60 }),
          ),
          async (parameter, query, body) => {
            const path = route.path.replace(
              /:\w+/g,
              encoded(parameter === '' || /^\.+$/.test(parameter) ? 'x' : parameter),
            );
            const search = Object.entries(query)
              .map(([name, value]) => `${name}=${encoded(value)}`)
              .join('&');
            const response = await fetch(`${url}${path}${search ? `?${search}` : ''}`, {
              method: route.method.toUpperCase(),
              headers: {
                authorization: `Bearer ${route.permission === 'ingest' ? write : admin}`,
                'content-type': 'application/json',
              },
              ...(route.method === 'get' ? {} : { body }),
            });
            const isEndless = response.ok && response.headers.get('content-type') === 'text/event-stream';
            if (isEndless) await response.body?.cancel();
            const said = isEndless ? '' : await response.text();
            expect(response.status, said).toBeLessThan(500);
            expect(said).not.toMatch(/node_modules|\.ts:\d|syntax error|invalid input syntax/);
          },
        ),
        { numRuns: 25 },
      );
    },
  );

  test('prototypes are what they were', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
