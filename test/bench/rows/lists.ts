import { median, percentile } from '../measure/stats.ts';
import type { Row, RowContext } from '../row.ts';
import { serve, type Served } from '../stack/served.ts';
import { makeMany } from '../workload/many.ts';

/** Pages that people open, first ones and ones far down (`deep`: after so many pages). */
const pages = [
  { name: 'contacts, newest', path: '/api/contacts?limit=50' },
  { name: 'contacts, newest, far down', path: '/api/contacts?limit=50', deep: 6 },
  { name: 'contacts by score', path: '/api/contacts?limit=50&sort=score' },
  { name: 'contacts of a stage', path: '/api/contacts?limit=50&stage=lead' },
  { name: 'contacts of a stage by score', path: '/api/contacts?limit=50&stage=prospect&sort=score', deep: 2 },
  { name: 'search, few found', path: '/api/contacts?limit=50&q=copy%207777' },
  { name: 'search, very many found', path: '/api/contacts?limit=50&q=ada%20comp' },
  { name: 'search, very many found, by score', path: '/api/contacts?limit=50&q=ada%20comp&sort=score' },
  { name: 'runs, newest', path: '/api/runs?limit=50' },
  { name: 'runs, newest, far down', path: '/api/runs?limit=50', deep: 6 },
  { name: 'runs of an automation', path: '/api/runs?limit=50&automation=automation-3' },
  { name: 'runs of an old version', path: '/api/runs?limit=50&automation=automation-3&version=1' },
  { name: 'runs that wait', path: '/api/runs?limit=50&status=waiting' },
  { name: 'runs that failed', path: '/api/runs?limit=50&status=failed' },
  { name: 'runs that failed at a node', path: '/api/runs?limit=50&automation=automation-0&node=nap&status=failed' },
  { name: 'runs that are over', path: '/api/runs?limit=50&status=completed&automation=automation-4' },
  { name: 'automations', path: '/api/automations' },
] as const;

interface Page {
  items: unknown[];
  next?: string | null;
}

const pageOf = async (served: Served, path: string): Promise<{ ms: number; next: string | null }> => {
  const { ms, body } = await served.ask<Page>(path);
  if (body.items.length === 0) throw new Error(`${path} has nothing to show.`);
  return { ms, next: body.next ?? null };
};

/** The address of a page, far down if it says so. */
const addressOf = async (served: Served, page: { path: string; deep?: number }): Promise<string> => {
  let address: string = page.path;
  for (let depth = 0; depth < (page.deep ?? 0); depth++) {
    const { next } = await pageOf(served, address);
    if (next === null) break;
    address = `${page.path}&after=${encodeURIComponent(next)}`;
  }
  return address;
};

const open = async ({ stack, report }: RowContext, name: string, size: { contacts: number; runs: number }) => {
  const servers = await stack.servers();
  const databaseUrl = await servers.createDatabase(name);
  const many = await makeMany({ databaseUrl, templates: await stack.templates(), ...size, report });
  return serve(many.deps, many.key, () => many.close());
};

/** Pages of lists over very many rows beside the same pages over few, in turns. */
export const listsRow: Row = {
  name: 'lists',
  run: async (context) => {
    const { few, many, requests } = context.sizes.lists;
    const small = await open(context, 'bench_few_rows', few);
    const large = await open(context, 'bench_many_rows', many);
    const taken = { small: [] as number[], large: [] as number[] };
    const details: Record<string, string> = {};
    try {
      for (const page of pages) {
        const addresses = { small: await addressOf(small, page), large: await addressOf(large, page) };
        const times = { small: [] as number[], large: [] as number[] };
        for (let index = -5; index < requests; index++) {
          const ms = {
            small: (await pageOf(small, addresses.small)).ms,
            large: (await pageOf(large, addresses.large)).ms,
          };
          // The first few warm plans and caches up.
          if (index < 0) continue;
          times.small.push(ms.small);
          times.large.push(ms.large);
        }
        taken.small.push(...times.small);
        taken.large.push(...times.large);
        const told = (list: number[]): string => `${median(list).toFixed(1)}/${percentile(list, 0.99).toFixed(1)}`;
        details[page.name] = `${told(times.large)} (${told(times.small)})`;
      }
    } finally {
      await small.close();
      await large.close();
    }
    const words = (size: { contacts: number; runs: number }): string =>
      `${size.contacts.toLocaleString('en-US')} contacts, ${size.runs.toLocaleString('en-US')} runs`;
    return [
      {
        figure: `list pages, ${words(many)}, p99`,
        beside: words(few),
        unit: 'ms',
        measured: percentile(taken.large, 0.99),
        besideMeasured: percentile(taken.small, 0.99),
        aim: { atMost: 1.5 },
        details: { 'p50/p99 of each page, ms': '', ...details },
      },
    ];
  },
};
