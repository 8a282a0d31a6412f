import type { BrowserContext, Page } from 'playwright-core';
import type { House } from './house.ts';
import type { InPage } from './in-page.ts';

/** A screen in one of its states: a name for files and messages, and its address. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  /** Shown to those who are not signed in. */
  readonly outside?: boolean;
}

/** Addresses as the router of the running product knows them, parameters as `$name`: a new route is here by existing. */
export async function routesOf(page: Page): Promise<string[]> {
  const paths = await page.evaluate(() =>
    Object.keys((globalThis as unknown as InPage).__TSR_ROUTER__?.routesByPath ?? {}),
  );
  if (paths.length === 0) throw new Error('The router of the pages cannot be found: nothing would be tested.');
  return paths.sort();
}

interface Items<T> {
  readonly items: readonly T[];
}

/** What the workspace has to show, by the parameter that names it; empty where there is nothing. */
async function examplesOf(api: House['api']): Promise<Record<string, { id?: string; more: readonly string[] }>> {
  const [automations, models, contacts, leads, runs] = await Promise.all([
    api.get<Items<{ id: string; status: string }>>('/api/automations'),
    api.get<Items<{ id: string }>>('/api/models'),
    api.get<Items<{ id: string }>>('/api/contacts?sort=score'),
    api.get<Items<{ id: string }>>('/api/leads?status=open'),
    api.get<Items<{ id: string }>>('/api/runs'),
  ]);
  const [lead, run] = [leads.items[0], runs.items[0]];
  const live = automations.items.filter(({ status }) => status === 'live').at(-1);
  return {
    '/automations/$id': { id: live?.id, more: live ? ['?view=live', '?version=1', '?node=start'] : [] },
    '/models/$id': { id: models.items[0]?.id, more: [] },
    '/contacts/$id': { id: contacts.items[0]?.id, more: [] },
    '/contacts': { more: ['?import=new'] },
    '/queue': { more: ['?status=won', ...(lead ? [`?lead=${lead.id}`] : [])] },
    '/runs': { more: ['?status=failed', ...(run ? [`?run=${run.id}`] : [])] },
  };
}

/** Ids of things that are yet to be made: drawing begins at such an address. */
const fresh: Record<string, string> = { '/automations/$id': 'automation-fresh' };
const settings = ['account', 'people', 'queues', 'channels', 'keys'];

const nameOf = (path: string): string =>
  path
    .replace(/^\//, '')
    .replaceAll(/[/?]/g, '-')
    .replaceAll(/[$=]/g, '')
    .replaceAll(/-(lead|run)[0-9a-f]{8}-.*$/g, '-$1') || 'home';

/** Every screen, in its states: of each route of the router one, and what else its address can say. */
export async function screensOf(page: Page, house: House): Promise<Screen[]> {
  const examples = await examplesOf(house.api);
  return (await routesOf(page)).flatMap((route): Screen[] => {
    if (route === '/sign-in' || route === '/setup') return [{ name: nameOf(route), path: route, outside: true }];
    if (route === '/settings') return []; // Leads to the first section.
    if (route === '/settings/$section')
      return settings.map((section) => ({ name: `settings-${section}`, path: `/settings/${section}` }));
    const { id, more = [] } = examples[route] ?? {};
    const shown = id ?? fresh[route];
    if (!route.includes('$'))
      return ['', ...more].map((query) => ({ name: nameOf(route + query), path: route + query }));
    if (route in examples && shown === undefined) return []; // Nothing of the kind exists: its list is the screen.
    if (shown === undefined) throw new Error(`Say in test/ui/support/screens.ts what to put into ${route}.`);
    const name = nameOf(route).replace(/s-id/, '');
    const drawn = [{ name, path: route.replace(/\$\w+/, shown) }];
    return [...drawn, ...more.map((query) => ({ name: name + nameOf(query), path: (drawn[0]?.path ?? '') + query }))];
  });
}

/** Counts requests under way, so that "nothing is left to come" is known; the live stream never ends and does not count. */
export function watchRequests(page: Page): { readonly underWay: () => number } {
  const going = new Set<unknown>();
  page.on('request', (request) => {
    if (!request.url().endsWith('/api/live')) going.add(request);
  });
  page.on('requestfinished', (request) => going.delete(request));
  page.on('requestfailed', (request) => going.delete(request));
  return { underWay: () => going.size };
}

const stillLoading = '[role="status"][aria-label="Loading"], .mantine-Skeleton-root, .mantine-Loader-root';

/** A page that goes from screen to screen and tells when one has come to rest. */
export interface Visitor {
  readonly page: Page;
  visit(screen: Screen): Promise<void>;
  /** Waits until nothing loads and nothing is asked for. */
  rest(): Promise<void>;
}

/** Longer than the slowest machine needs for a screen, ms. */
const patienceMs = 30_000;

export async function visitorOf(context: BrowserContext): Promise<Visitor> {
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const requests = watchRequests(page);
  const isQuiet = async (): Promise<boolean> => {
    const quiet = await page.evaluate(async (selector) => {
      const { document, requestAnimationFrame, __TSR_ROUTER__: router } = globalThis as unknown as InPage;
      const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(resolve));
      // What an answer changes is drawn two frames later.
      await frame();
      await frame();
      return (
        router?.state.status === 'idle' &&
        document.querySelector(selector) === null &&
        document.fonts.status === 'loaded'
      );
    }, stillLoading);
    return quiet && requests.underWay() === 0;
  };
  const rest = async (): Promise<void> => {
    const deadline = performance.now() + patienceMs;
    for (let quiet = 0; quiet < 3; quiet = (await isQuiet()) ? quiet + 1 : 0)
      if (performance.now() > deadline) throw new Error('it does not come to rest: something loads for ever');
  };
  let within = false;
  return {
    page,
    rest,
    visit: async ({ path, outside }) => {
      // As people go: without loading the pages again.
      if (within && !outside)
        await page.evaluate((href) => (globalThis as unknown as InPage).__TSR_ROUTER__?.history.push(href), path);
      else await page.goto(path);
      within = !outside;
      await rest();
      await page.locator('h1').first().waitFor();
    },
  };
}
