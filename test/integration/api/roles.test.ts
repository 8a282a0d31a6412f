import { allRoutes } from '@ripen/engine';
import { allows, rolePermissions, roles, type Role } from '@ripen/shared';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBrowser, type Browser } from './browser.ts';
import { nobody } from './route-case.ts';
import { startServer, type TestServer } from './support.ts';

let server: TestServer;
const browsers = new Map<Role, Browser>();
const passwordOf = (role: Role): { email: string; password: string } => ({
  email: `${role}@example.com`,
  password: `the password of ${role}`,
});

beforeAll(async () => {
  server = await startServer();
  for (const role of roles) {
    const person = { name: role, role, ...passwordOf(role) };
    const added = await server.call({ method: 'POST', path: '/api/people', body: person });
    expect(added.status).toBe(201);
    browsers.set(role, createBrowser(server));
    await browsers.get(role)?.signIn(passwordOf(role));
  }
});
afterAll(() => server[Symbol.asyncDispose]());

const named = allRoutes.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const);

/** Nothing that it names exists and its body is empty: permission is all that decides between 401 or 403 and the rest. */
const emptyCall = (route: (typeof allRoutes)[number]) => ({
  method: route.method.toUpperCase(),
  path: route.path.replace(/:\w+/g, nobody),
  ...(route.body ? { body: {} } : {}),
  unread: true,
});

describe.each(roles)('as %s', (role) => {
  test.each(named)('%s', async (_name, route) => {
    const browser = browsers.get(role);
    const answer = await browser?.call(emptyCall(route));
    if (allows(rolePermissions[role], route.permission)) expect([401, 403]).not.toContain(answer?.status);
    else expect(answer?.status).toBe(403);
    // A route may have signed them out.
    if (browser?.cookies() === '') await browser.signIn(passwordOf(role));
  });
});

describe('as nobody', () => {
  test.each(named)('%s', async (_name, route) => {
    const answer = await server.call({ ...emptyCall(route), key: null });
    if (route.permission !== 'public') expect(answer.status).toBe(401);
    // Setting up and signing in say 401 and 403 of their own, to those who send what they need.
    else expect([401, 403]).not.toContain(answer.status);
  });
});

test('marketers, sales and admins may do what they are here for, and no more', () => {
  const may = (role: Role): string[] =>
    named.filter(([, route]) => allows(rolePermissions[role], route.permission)).map(([name]) => name);
  expect(may('admin')).toHaveLength(allRoutes.length);
  expect(may('marketer')).toEqual(
    expect.arrayContaining(['PUT /api/automations/:id/draft', 'POST /api/imports', 'POST /v1/batch']),
  );
  expect(may('sales')).toEqual(expect.arrayContaining(['POST /api/leads/:id/accept', 'GET /api/contacts/:id']));
  for (const name of ['POST /api/leads/:id/accept', 'POST /api/runs/:id/cancel', 'GET /api/keys', 'GET /api/people'])
    expect(may('marketer')).not.toContain(name);
  for (const name of ['PUT /api/models/:id/draft', 'POST /api/imports', 'POST /v1/batch', 'GET /api/dead-letters'])
    expect(may('sales')).not.toContain(name);
});
