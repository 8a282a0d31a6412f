/* eslint-disable @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return --
   answers are looked into freely: the server under test checks each against its schema */
import { allRoutes } from '@ripen/engine';
import { definitionCollections } from '@ripen/shared';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from './support.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server[Symbol.asyncDispose]());

interface Operation {
  operationId: string;
  summary: string;
  'x-permission': string;
  parameters: { name: string; in: string; required: boolean }[];
  responses: Record<string, unknown>;
}

test('OpenAPI describes every route, with its permission, parameters and answers', async () => {
  const { body } = await server.call({ path: '/api/openapi.json', key: null });
  const paths = body.paths as Record<string, Record<string, Operation>>;
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  expect(described).toHaveLength(allRoutes.length);
  expect(new Set(described.map(({ operation }) => operation.operationId)).size).toBe(allRoutes.length);
  for (const { path, operation } of described) {
    expect(operation['x-permission']).toBeTruthy();
    const inPath = operation.parameters
      .filter((parameter) => parameter.in === 'path')
      .map((parameter) => parameter.name);
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    expect(Object.keys(operation.responses)).toContain('default');
  }
});

test('every reference in it leads somewhere', async () => {
  const { body } = await server.call({ path: '/api/openapi.json', key: null });
  const references = [...JSON.stringify(body).matchAll(/"\$ref":"(#[^"]+)"/g)].map((match) => match[1] ?? '');
  for (const reference of new Set(references)) {
    const target = reference
      .slice(2)
      .split('/')
      .reduce((at, key) => at?.[key], body);
    expect(target, reference).toBeDefined();
  }
});

test('the docs load nothing from elsewhere, and everything they load is there', async () => {
  const { body, headers } = await server.call({ path: '/api/docs', key: null });
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  const loaded = [...String(body).matchAll(/(?:src|href)="([^"]+)"/g)]
    .map((match) => match[1] ?? '')
    .filter((url) => !url.startsWith('data:'));
  expect(loaded.length).toBeGreaterThan(2);
  for (const url of loaded) expect([url, (await server.call({ path: url, key: null })).status]).toEqual([url, 200]);
});

test('every kind of definition has a JSON Schema', async () => {
  const { body } = await server.call({ path: '/api/schemas', key: null });
  expect(body.items).toHaveLength(Object.keys(definitionCollections).length + 1);
  for (const path of body.items) expect((await server.call({ path, key: null })).body.$id).toBe(path);
});
