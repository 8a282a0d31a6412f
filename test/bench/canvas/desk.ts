import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createApp,
  createKey,
  createPrograms,
  createStore,
  noPokes,
  publishDefinitions,
  systemClock,
} from '@ripen/engine';
import { buildUserInterface, userInterfaceDir } from '@ripen/infra';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { InPage } from '../../ui/support/in-page.ts';
import { drawingOf } from '../workload/drawing.ts';
import { workloadDefinitions } from '../workload/definitions.ts';

/** The pages and the API they talk to, with somebody who may draw. */
export interface Desk {
  /** Opens a canvas with so many steps, in a process of the browser of its own. */
  open(browser: Browser, steps: number): Promise<OpenCanvas>;
  close(): Promise<void>;
}

/** A canvas in front of somebody. */
export interface OpenCanvas {
  readonly page: Page;
  /** What the automation is called. */
  readonly title: string;
  /**
   * What the page's main thread did since it began: scripts, styles and layout, ms of the processor. Resolves when the page
   * has drawn what came and has nothing else to do.
   */
  worked(): Promise<number>;
}

const credentials = { email: 'bench@ripen.example', password: 'only for the bench' };
const size = { width: 1440, height: 900 };
/** Less than this from frame to frame is nothing that was asked for, ms. */
const restMs = 1;

const workOf = async (chromium: CDPSession): Promise<number> => {
  const { metrics } = await chromium.send('Performance.getMetrics');
  const counted = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];
  return metrics.reduce((sum, { name, value }) => (counted.includes(name) ? sum + value * 1_000 : sum), 0);
};

const twoFrames = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { requestAnimationFrame, requestIdleCallback } = globalThis as unknown as InPage;
    const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_000 }));
  });

const atRest = async (page: Page, chromium: CDPSession): Promise<number> => {
  for (let before = await workOf(chromium); ;) {
    await twoFrames(page);
    const now = await workOf(chromium);
    if (now - before < restMs) return now;
    before = now;
  }
};

/** Serves the built pages on this database, which must be empty. */
export const openDesk = async (databaseUrl: string): Promise<Desk> => {
  await buildUserInterface();
  const store = createStore({ databaseUrl, max: 4 });
  const deps = { store, programs: createPrograms(), pokes: noPokes };
  await publishDefinitions(deps, workloadDefinitions(), Date.now());
  const server = createServer(createApp({ ...deps, clock: systemClock }, { uiDir: userInterfaceDir }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // It listens on TCP.
  const { key } = await createKey(store.pool, { kind: 'api', name: 'bench', permissions: ['admin'] });
  const send = async (method: 'POST' | 'PUT', path: string, body: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
  };
  await send('POST', '/api/setup', { name: 'Bench', ...credentials });
  return {
    open: async (browser, steps) => {
      const drawing = drawingOf(`drawn-${steps}`, steps);
      await send('PUT', `/api/automations/${drawing.id}/draft`, { document: drawing, edition: null });
      // Each in a context of its own: pages of one share a process.
      const context = await browser.newContext({ baseURL: url, viewport: size, reducedMotion: 'reduce' });
      const signedIn = await context.request.post('/api/session', { data: credentials, headers: { origin: url } });
      if (!signedIn.ok()) throw new Error(`Signing in was answered ${signedIn.status()}: ${await signedIn.text()}`);
      const page = await context.newPage();
      await page.goto(`/automations/${drawing.id}`);
      await page.locator('#step-node-0').waitFor();
      const chromium = await context.newCDPSession(page);
      await chromium.send('Performance.enable', { timeDomain: 'threadTicks' });
      return { page, title: drawing.name, worked: () => atRest(page, chromium) };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await store.close();
    },
  };
};
