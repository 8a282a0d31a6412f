import { createPool } from '@ripen/engine';
import { waitUntil } from '@ripen/infra';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { clientOf } from '../../helpers/api.ts';
import { launch } from '../../helpers/browser.ts';
import { startProduct, temporaryHome, type Product } from '../../helpers/product.ts';
import { settled } from '../../helpers/settled.ts';

/** Somebody who can sign in. */
export interface Who {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}
export const admin: Who = { name: 'Ada Admin', email: 'ada@ripen.example', password: 'correct horse battery' };

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

/** A running product and a browser in front of it. */
export interface House {
  readonly product: Product;
  readonly url: string;
  readonly api: ReturnType<typeof clientOf>;
  readonly browser: Browser;
  /** A browser of one's own, signed in as somebody unless `who` is null. */
  open(who: Who | null, options?: BrowserContextOptions): Promise<BrowserContext>;
  /** Makes the first admin without a browser. */
  setUp(): Promise<void>;
  /** Loads the sample workspace and waits until it is there. */
  loadSample(contacts: number): Promise<void>;
  close(): Promise<void>;
}

/** `RIPEN_SLOW_PAGES=6`: pages that are six times slower than this machine's, to see what a test takes for granted. */
const slowness = process.env['RIPEN_SLOW_PAGES'];
const slowDown = async (page: Page, rate: number): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
};

/** Starts both; `env` is the product's. */
export async function openHouse(chromiumPath: string, env: NodeJS.ProcessEnv = {}): Promise<House> {
  const { path: home, remove } = temporaryHome();
  const [product, browser] = await Promise.all([startProduct(home, env), launch(chromiumPath)]);
  const api = clientOf(product.url, product.keys);
  const { url } = product;
  return {
    product,
    url,
    api,
    browser,
    open: async (who, options) => {
      // Nothing moves: what is looked at has arrived.
      const context = await browser.newContext({
        baseURL: url,
        viewport: desktop,
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(30_000);
      if (slowness) context.on('page', (page) => void slowDown(page, Number(slowness)));
      if (who) await signIn(context, url, who);
      return context;
    },
    setUp: async () => void (await api.post('/api/setup', admin)),
    loadSample: async (contacts) => {
      await api.post('/api/sample', { contacts });
      let job: { status: string; error: string | null } | null = null;
      await waitUntil({
        what: 'The sample workspace',
        timeoutMs: 180_000,
        everyMs: 250,
        failed: () => (job?.status === 'failed' ? `The sample workspace was not loaded: ${job.error}` : undefined),
        until: async () => {
          ({ job } = await api.get<{ job: typeof job }>('/api/sample'));
          return job?.status === 'completed';
        },
      });
      // Its last hour was live: what follows from that is still under way.
      const pool = createPool({ databaseUrl: product.databaseUrl, max: 1 });
      await settled(pool, Date.now(), 60_000).finally(() => pool.end());
    },
    close: async () => {
      await browser.close();
      await product.stop();
      await remove();
    },
  };
}

/** Without the form: for tests that are about something else. */
export async function signIn(context: BrowserContext, url: string, { email, password }: Who): Promise<void> {
  const answer = await context.request.post(`${url}/api/session`, {
    data: { email, password },
    headers: { origin: url },
  });
  if (!answer.ok()) throw new Error(`${email} was not let in: ${answer.status()} ${await answer.text()}`);
}
