/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access --
   answers are looked into freely: the server under test checks each against its schema */
import { allRoutes } from '@ripen/engine';
import { permissions, type Permission } from '@ripen/shared';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFixture, type Fixture } from './fixture.ts';
import { nobody, type Case } from './route-case.ts';
import { changeCases } from './route-cases-change.ts';
import { maintenanceCases } from './route-cases-maintenance.ts';
import { organiseCases } from './route-cases-organise.ts';
import { peopleCases } from './route-cases-people.ts';
import { definitionCases } from './route-cases-definitions.ts';
import { scheduleCases } from './route-cases-schedules.ts';
import { sampleCases } from './route-cases-sample.ts';
import { accountCases } from './route-cases-accounts.ts';
import { workCases } from './route-cases-work.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const cases: Record<string, Case> = {
  ...definitionCases,
  ...workCases,
  ...accountCases,
  ...peopleCases,
  ...sampleCases,
  ...changeCases,
  ...maintenanceCases,
  ...organiseCases,
  ...scheduleCases,
};

const nameOf = (route: (typeof allRoutes)[number]): string => `${route.method.toUpperCase()} ${route.path}`;
const named = allRoutes.map((route) => [nameOf(route), route] as const);
const caseOf = (name: string): Case => {
  const found = cases[name];
  if (!found) throw new Error(`There is no case for ${name}.`);
  return found;
};
const concrete = (path: string): string => path.replace(/:\w+/g, nobody);

describe('every route', () => {
  test('has a case, and is there once', () => {
    expect(Object.keys(cases).sort()).toEqual(named.map(([name]) => name).sort());
  });

  test.each(named)('%s: works', async (name, route) => {
    const { happy, shows } = caseOf(name);
    const answer = await fixture.server.call(await happy(fixture));
    expect([answer.status, answer.body?.detail], name).toEqual([route.status ?? 200, undefined]);
    await shows?.(answer, fixture);
  });

  test.each(named.filter(([name]) => caseOf(name).invalid !== null))('%s: refuses what is invalid', async (name) => {
    const [call, status, code] = caseOf(name).invalid?.(fixture) ?? [{ path: '/' }, 0];
    const answer = await fixture.server.call(call);
    expect([answer.status, code ?? answer.body.code]).toEqual([status, answer.body.code]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      status,
      type: expect.any(String),
      title: expect.any(String),
      detail: expect.any(String),
    });
  });

  test.each(named.filter(([, route]) => route.permission !== 'public'))(
    '%s: is closed without a key and to keys without its permission',
    async (_name, route) => {
      const call = {
        method: route.method.toUpperCase(),
        path: concrete(route.path),
        ...(route.body ? { body: {} } : {}),
      };
      for (const key of [null, 'rpa_made_up']) {
        const answer = await fixture.server.call({ ...call, key });
        expect([answer.status, answer.headers.get('www-authenticate')?.includes('Bearer')]).toEqual([401, true]);
      }
      // Everything but what it takes: nothing else may open it.
      const others = permissions.filter((permission): permission is Permission =>
        route.permission === 'signed-in'
          ? permission === 'ingest'
          : permission !== route.permission && permission !== 'admin',
      );
      const answer = await fixture.server.call({ ...call, key: await fixture.server.key(...others) });
      expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
      if (route.permission !== 'admin' && route.permission !== 'public') {
        const needed = route.permission === 'signed-in' ? 'leads:read' : route.permission;
        const enough = await fixture.server.call({ ...call, unread: true, key: await fixture.server.key(needed) });
        expect([401, 403]).not.toContain(enough.status);
      }
    },
  );
});

describe('what no route answers', () => {
  test.each([
    ['GET', '/api/nothing', 404, 'unknown_route'],
    ['DELETE', '/api/contacts', 405, 'method_not_allowed'],
    ['GET', '/v1/batch', 405, 'method_not_allowed'],
    ['GET', '/api/contacts/%E0%A4%A', 400, 'invalid_request'],
    ['GET', '/api/models/a%00b', 400, 'invalid_request'],
    ['GET', '/api/contacts/look-up?userId=a%00', 400, 'invalid_request'],
    ['GET', '/api/contacts?after=bm9uc2Vuc2U', 400, 'invalid_cursor'],
  ])('%s %s', async (method, path, status, code) => {
    const answer = await fixture.server.call({ method, path });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });
});
