import type { automationCountsSchema, automationSummarySchema, InFlight } from '@ripen/shared';
import type { z } from 'zod';
import { NotFoundError } from '../store/errors.ts';
import { definitionHistory } from '../store/definitions.ts';
import { readDraft } from '../store/drafts.ts';
import { readFolders } from '../store/folders.ts';
import { stepPorts } from '../store/run-counts.ts';
import type { Queryable } from '../store/store.ts';
import { listDefinitions } from './definitions.ts';
import type { Names } from './names.ts';

type Summary = z.output<typeof automationSummarySchema>;
type Counts = Summary['counts'];

const dayMs = 86_400_000;
const shownDays = 30;

interface TotalRow {
  automation: string;
  entered: number;
  completed: number;
  failed: number;
  cancelled: number;
}

const sums = `sum(entered)::bigint as entered, sum(completed)::bigint as completed, sum(failed)::bigint as failed,
  sum(cancelled)::bigint as cancelled`;

const countsOf = (row: Omit<TotalRow, 'automation'> | undefined): Counts => {
  const { entered, completed, failed, cancelled } = row ?? { entered: 0, completed: 0, failed: 0, cancelled: 0 };
  return { entered, waiting: entered - completed - failed - cancelled, completed, failed, cancelled };
};

/** Every automation with what its runs came to. Counters say it all: no run is looked at. */
export const listAutomations = async (db: Queryable, now: number): Promise<Summary[]> => {
  const today = Math.floor(now / dayMs);
  const first = today - shownDays + 1;
  const [definitions, folders, totals, days] = await Promise.all([
    listDefinitions(db, 'automation'),
    readFolders(db),
    db.query<TotalRow & Record<string, unknown>>(`select automation, ${sums} from run_totals group by automation`),
    db.query<{ automation: string; day: number; entered: number }>(
      `select automation, day, sum(entered)::bigint as entered from run_days where day between $1 and $2 group by automation, day`,
      [first, today],
    ),
  ]);
  const byAutomation = new Map(totals.rows.map((row) => [row.automation, row]));
  const perDay = new Map<string, number[]>();
  for (const { automation, day, entered } of days.rows) {
    const counts = perDay.get(automation) ?? new Array<number>(shownDays).fill(0);
    counts[day - first] = entered;
    perDay.set(automation, counts);
  }
  return definitions.map((definition) => ({
    ...definition,
    folder: folders.get(definition.id) ?? null,
    updatedAt: latest(definition.publishedAt, definition.draft?.updatedAt ?? null),
    counts: countsOf(byAutomation.get(definition.id)),
    enteredPerDay: perDay.get(definition.id) ?? new Array<number>(shownDays).fill(0),
  }));
};

/** Moments of one format and zone are in order as text. */
const latest = (a: string | null, b: string | null): string | null => (a !== null && (b === null || a > b) ? a : b);

/** What passed through an automation, or through one version of it, node by node. Throws NotFoundError. */
export const readAutomationCounts = async (
  db: Queryable,
  names: Names,
  automation: string,
  version: number | null,
): Promise<z.output<typeof automationCountsSchema>> => {
  await automationMustExist(db, automation);
  const only = version === null ? '' : ' and version = $2';
  const values = version === null ? [automation] : [automation, version];
  const [totals, steps] = await Promise.all([
    db.query<TotalRow & Record<string, unknown>>(
      `select ${sums} from run_totals where automation = $1${only} having count(*) > 0`,
      values,
    ),
    db.query<{ version: number; node: string; port: string; passed: number }>(
      `select version, node, port, sum(passed)::bigint as passed from step_counts where automation = $1${only}
       group by version, node, port having sum(passed) <> 0 order by node, port, version`,
      values,
    ),
  ]);
  const counts = countsOf(totals.rows[0]);
  const nodes = new Map<string, { node: string; entered: number; waiting: number; failed: number }>();
  const edges = new Map<string, { from: string; port: string; count: number }>();
  edges.set('start', { from: 'start', port: 'next', count: counts.entered });
  for (const row of steps.rows) {
    const node = nodes.get(row.node) ?? { node: row.node, entered: 0, waiting: 0, failed: 0 };
    nodes.set(row.node, node);
    // Jumps take no output, and wait for nothing.
    const jumps = names.node(automation, row.version, row.node)?.type === 'go_to';
    const waits = jumps ? 0 : row.passed;
    switch (row.port) {
      case stepPorts.came:
        node.entered += row.passed;
        node.waiting += waits;
        break;
      case stepPorts.ended:
        node.waiting -= waits;
        break;
      case stepPorts.failed:
        node.failed += row.passed;
        break;
      default: {
        node.waiting -= waits;
        const edge = edges.get(`${row.node} ${row.port}`) ?? { from: row.node, port: row.port, count: 0 };
        edge.count += row.passed;
        edges.set(`${row.node} ${row.port}`, edge);
      }
    }
  }
  return { automation, version, counts, nodes: [...nodes.values()], edges: [...edges.values()] };
};

/** Who waits inside an automation, by version and step: from what is counted as runs go. Throws NotFoundError. */
export const readInFlight = async (db: Queryable, names: Names, automation: string): Promise<InFlight> => {
  await automationMustExist(db, automation);
  const { rows } = await db.query<{ version: number; node: string; waiting: number }>(
    `select version, node, sum(case when port = $2 then passed when port = $3 then 0 else -passed end)::bigint as waiting
     from step_counts where automation = $1 group by version, node order by version desc, node`,
    [automation, stepPorts.came, stepPorts.failed],
  );
  const items = rows.map((row) => ({ ...row, type: names.node(automation, row.version, row.node)?.type ?? null }));
  // Jumps take no output, and wait for nothing.
  return { items: items.filter(({ waiting, type }) => waiting > 0 && type !== 'go_to') };
};

/** Published or drafted. Throws NotFoundError. */
export const automationMustExist = async (db: Queryable, automation: string): Promise<void> => {
  if ((await definitionHistory(db, 'automation', automation)).length > 0) return;
  if (!(await readDraft(db, 'automation', automation))) throw new NotFoundError('automation', automation);
};
