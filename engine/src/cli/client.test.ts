import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { CliError, exitCodes } from './cli-error.ts';
import { Client } from './client.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const listen = async (listener: RequestListener): Promise<string> => {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`; // It listens on TCP.
};

const client = (url: string, attempts: number, waits: number[] = []): Client =>
  new Client(
    { url, apiKey: 'a', writeKey: 'w' },
    { attempts, signal: new AbortController().signal, onRetry: (_, waitMs) => waits.push(waitMs) },
  );

const get = { method: 'GET', path: '/x', auth: 'api', repeatable: true } as const;

describe('a server that is busy', () => {
  test('is asked again after the time it says', async () => {
    let calls = 0;
    const url = await listen((_, response) => {
      calls++;
      if (calls === 1) response.writeHead(429, { 'retry-after': '0.02' }).end();
      else if (calls === 2) response.writeHead(503).end();
      else response.writeHead(200).end('{"fine":true}');
    });
    const waits: number[] = [];
    expect(await client(url, 5, waits).call(get)).toEqual({ status: 200, body: { fine: true } });
    expect(waits).toEqual([20, 500]);
  });

  test('is given up after so many attempts, with a sentence', async () => {
    let calls = 0;
    const url = await listen((_, response) => {
      calls++;
      response.writeHead(429, { 'retry-after': '0' }).end();
    });
    await expect(client(url, 3).call(get)).rejects.toThrow(`The server at ${url} is busy (429) and stayed so.`);
    expect(calls).toBe(3);
  });

  test('is never asked again for what must not happen twice', async () => {
    let calls = 0;
    const url = await listen((_, response) => {
      calls++;
      response.writeHead(503).end();
    });
    await expect(client(url, 5).call({ ...get, method: 'POST', repeatable: false })).rejects.toThrow(CliError);
    expect(calls).toBe(1);
  });
});

test.each([
  [401, {}, /does not accept the key/],
  [403, { detail: 'It lacks imports:write.' }, /not permitted to do this: It lacks imports:write\./],
  [422, { detail: 'The document is not valid.' }, /answered 422: The document is not valid\./],
  [404, 'no JSON', /answered 404. Is it Ripen\?/],
])('an answer of %i is a sentence', async (status, body, sentence) => {
  const url = await listen((_, response) => {
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const failure = await client(url, 5)
    .call(get)
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CliError);
  expect(failure).toMatchObject({ exitCode: exitCodes.server, message: expect.stringMatching(sentence) as string });
});

test('a server that is not there says how to start one', async () => {
  const url = await listen(() => undefined);
  await new Promise((resolve) => server?.close(resolve));
  await expect(client(url, 1).call(get)).rejects.toThrow('cannot be reached (ECONNREFUSED). Is it running?');
});

test('keys travel as their routes want them', async () => {
  const seen: (string | undefined)[] = [];
  const url = await listen((request, response) => {
    seen.push(request.headers.authorization);
    response.end('{}');
  });
  await client(url, 1).call(get);
  await client(url, 1).call({ ...get, auth: 'write' });
  expect(seen).toEqual(['Bearer a', `Basic ${Buffer.from('w:').toString('base64')}`]);
});
