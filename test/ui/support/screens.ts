import type { BrowserContext, Page } from 'playwright-core';
import { playTripled } from './back-tests.ts';
import { editOne } from './edited.ts';
import type { House } from './house.ts';
import type { InPage } from './in-page.ts';
import { runScheduledOnce } from './rounds.ts';

/** A screen in one of its states: a name for files and messages, and its address. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  /** Shown to those who are not signed in. */
  readonly outside?: boolean;
  /** A selector of what comes by itself after the rest is there. */
  readonly awaits?: string;
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

/** What else the address of a screen can say: a name for that state, and the query. */
/** `id`: of another thing than the one that the route shows otherwise. */
type States = Readonly<Record<string, { readonly query: string; readonly awaits?: string; readonly id?: string }>>;
const dialog = '[role="dialog"]';

/** What the workspace has to show on a route: an id for its parameter (undefined where there is nothing), and its states. */
async function examplesOf(api: House['api']): Promise<Record<string, { id?: string | undefined; states: States }>> {
  const [accounts, accountModels, automations, models, segments, contacts, leads, runs, programs] = await Promise.all([
    api.get<Items<{ id: string }>>('/api/accounts?sort=contacts'),
    api.get<Items<{ id: string }>>('/api/account-models'),
    api.get<Items<{ id: string; status: string; name: string }>>('/api/automations'),
    api.get<Items<{ id: string }>>('/api/models'),
    api.get<Items<{ id: string }>>('/api/segments'),
    api.get<Items<{ id: string }>>('/api/contacts?sort=score'),
    api.get<Items<{ id: string }>>('/api/leads?status=open'),
    api.get<Items<{ id: string; automation: string }>>('/api/runs'),
    api.get<Items<{ id: string }>>('/api/maintenance'),
  ]);
  const program = programs.items[0];
  const catalogue = await api.get<{
    fields: { path: string; uses: number }[];
    eventTypes: { id: string; scanners: boolean }[];
  }>('/api/catalogue');
  const [field, event] = [
    catalogue.fields.find(({ uses }) => uses > 0),
    catalogue.eventTypes.find(({ scanners }) => scanners) ?? catalogue.eventTypes[0],
  ];
  const live = automations.items.filter(({ status }) => status === 'live').at(-1);
  // A step somewhere in the middle, so that there is something above and below it.
  const drawn =
    live && (await api.get<{ document: { nodes: { id: string }[] } }>(`/api/automations/${live.id}`)).document;
  const step = drawn?.nodes[Math.floor(drawn.nodes.length / 3)]?.id;
  const edited = await editOne(
    api,
    automations.items.find(({ id, status }) => status === 'live' && id !== live?.id),
  );
  const clocked = await runScheduledOnce(api, automations.items);
  const differs = live ? await playTripled(api, live.id) : null;
  const [lead, run] = [leads.items[0], runs.items.find(({ automation }) => automation === live?.id) ?? runs.items[0]];
  return {
    '/automations/$id': {
      id: live?.id,
      states: live
        ? {
            live: { query: '?view=live' },
            'live-month': { query: '?view=live&period=month&node=start', awaits: 'aside a' },
            version: { query: '?version=1' },
            start: { query: '?node=start' },
            try: { query: '?view=try' },
            step: { query: `?node=${step}` },
            ...(edited && {
              compare: { id: edited, query: '?view=compare', awaits: 'aside li button' },
              history: { id: edited, query: '?view=history', awaits: 'ol li' },
              publish: { id: edited, query: '?ask=publish', awaits: `${dialog} section` },
            }),
            ...(clocked !== null && {
              schedule: { id: clocked, query: '?view=live&schedule=open', awaits: `${dialog} section` },
            }),
            pause: { query: '?ask=pause', awaits: dialog },
            archive: { query: '?ask=archive', awaits: dialog },
            'back-test': { query: '?view=back-test', awaits: 'table' },
            ...(differs && {
              'back-test-contact': { query: `?view=back-test&contact=${differs.id}`, awaits: `${dialog} h3` },
            }),
          }
        : {},
    },
    '/automations': {
      states: {
        import: { query: '?import=file', awaits: dialog },
        templates: { query: '?template=all', awaits: `${dialog} li` },
        template: { query: '?template=mql-handoff', awaits: `${dialog} [aria-roledescription="step"]` },
        ...(live && { uses: { query: `?uses=${live.id}`, awaits: `${dialog} section` } }),
      },
    },
    '/models': {
      states: {
        templates: { query: '?template=all', awaits: `${dialog} li` },
        template: { query: '?template=hundred-points', awaits: `${dialog} table` },
      },
    },
    '/models/compare': {
      states: models.items.length > 1 ? { all: { query: '?all=yes' } } : {},
    },
    '/catalogue': {
      states: {
        events: { query: '?tab=events' },
        labels: { query: '?tab=labels' },
        ...(field && { field: { query: `?item=${field.path}`, awaits: dialog } }),
        ...(event && { event: { query: `?tab=events&item=${event.id}`, awaits: `${dialog} section` } }),
      },
    },
    '/maintenance': {
      states: {
        new: { query: '?edit=new', awaits: dialog },
        ...(program && {
          program: { query: `?edit=${program.id}`, awaits: dialog },
          run: { query: `?run=${program.id}`, awaits: dialog },
          history: { query: `?history=${program.id}`, awaits: dialog },
        }),
      },
    },
    '/models/$id': {
      id: models.items[0]?.id,
      states: { results: { query: '?tab=results' }, versions: { query: '?view=versions' } },
    },
    '/accounts/$id': {
      id: accounts.items[0]?.id,
      states: { set: { query: '?set=account.industry', awaits: dialog } },
    },
    '/account-models/$id': { id: accountModels.items[0]?.id, states: {} },
    '/segments/$id': { id: segments.items[0]?.id, states: {} },
    '/contacts': { states: { import: { query: '?import=file', awaits: dialog } } },
    '/notices': { states: { unread: { query: '?show=unread' } } },
    '/contacts/$id': { id: contacts.items[0]?.id, states: {} },
    '/queue': {
      states: { won: { query: '?status=won' }, ...(lead && { lead: { query: `?lead=${lead.id}` } }) },
    },
    '/runs': {
      states: {
        failed: { query: '?status=failed' },
        ...(run && { run: { query: `?run=${run.id}`, awaits: `${dialog} [aria-roledescription="step"]` } }),
      },
    },
  };
}

/** Ids of things that are yet to be made: drawing begins at such an address. */
const fresh: Record<string, string> = { '/automations/$id': 'automation-fresh' };
const settings = ['account', 'people', 'queues', 'channels', 'imports', 'undo', 'keys'];
/** Of routes whose last part is a parameter, in the singular. */
const nameOf = (route: string): string =>
  route.endsWith('s/$id') ? route.slice(1, -'s/$id'.length) : route.slice(1).replaceAll('/', '-') || 'home';

/** Every screen, in its states: of each route of the router one, and what else its address can say. */
export async function screensOf(page: Page, house: House): Promise<Screen[]> {
  const examples = await examplesOf(house.api);
  return (await routesOf(page)).flatMap((route): Screen[] => {
    if (route === '/setup' || route === '/settings') return []; // Lead elsewhere: to signing in, to the first section.
    if (route === '/sign-in') return [{ name: nameOf(route), path: route, outside: true }];
    if (route === '/settings/$section')
      return settings.map((section) => ({ name: `settings-${section}`, path: `/settings/${section}` }));
    const { id, states = {} } = examples[route] ?? {};
    const shown = id ?? fresh[route];
    if (route.includes('$') && shown === undefined) {
      if (route in examples) return []; // Nothing of the kind exists: its list is the screen.
      throw new Error(`Say in test/ui/support/screens.ts what to put into ${route}.`);
    }
    const path = route.replace(/\$\w+/, shown ?? '');
    const name = nameOf(route);
    const others = Object.entries(states).map(([state, { query, awaits, id: other }]) => ({
      name: `${name}-${state}`,
      path: (other === undefined ? path : route.replace(/\$\w+/, other)) + query,
      ...(awaits !== undefined && { awaits }),
    }));
    return [{ name, path }, ...others];
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
      const {
        document,
        requestAnimationFrame,
        requestIdleCallback,
        setTimeout,
        __TSR_ROUTER__: router,
      } = globalThis as unknown as InPage;
      // Of several windows, Chromium gives some that draw nothing one frame a second: eight seconds for each screen.
      const frame = (): Promise<void> =>
        new Promise((resolve) => {
          requestAnimationFrame(resolve);
          setTimeout(resolve, 100);
        });
      // What an answer changes is drawn two frames after the page has nothing else to do.
      await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_000 }));
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
    for (let quiet = 0; quiet < 4; quiet = (await isQuiet()) ? quiet + 1 : 0)
      if (performance.now() > deadline) throw new Error('it does not come to rest: something loads for ever');
  };
  let at: string | null = null;
  return {
    page,
    rest,
    visit: async ({ path, outside, awaits }) => {
      const { pathname } = new URL(path, 'http://ripen');
      // As people go, without loading the pages again; other states of a screen as they are sent to a colleague.
      if (at === null || at === pathname || outside) await page.goto(path);
      else await page.evaluate((href) => (globalThis as unknown as InPage).__TSR_ROUTER__?.history.push(href), path);
      at = outside ? null : pathname;
      await rest();
      await page.locator('h1:visible, h2:visible').first().waitFor();
      if (awaits === undefined) return;
      await page.locator(awaits).first().waitFor();
      await rest();
    },
  };
}
