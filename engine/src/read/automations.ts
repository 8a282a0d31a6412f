import type { automationSummarySchema, InFlight } from '@ripen/shared';
import type { z } from 'zod';
import { NotFoundError } from '../store/errors.ts';
import { definitionHistory } from '../store/definitions.ts';
import { readDraft } from '../store/drafts.ts';
import { notOrganised, readOrganised } from '../store/organised.ts';
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

/** Every automation with what its runs came to. Counters say it all: no run is looked at. `person`: whose favourites count. */
export const listAutomations = async (
  db: Queryable,
  { now, person }: { now: number; person: string | null },
): Promise<Summary[]> => {
  const today = Math.floor(now / dayMs);
  const first = today - shownDays + 1;
  const [definitions, organised, totals, days] = await Promise.all([
    listDefinitions(db, 'automation'),
    readOrganised(db, person),
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
    ...(organised.get(definition.id) ?? notOrganised),
    updatedAt: latest(definition.publishedAt, definition.draft?.updatedAt ?? null),
    counts: countsOf(byAutomation.get(definition.id)),
    enteredPerDay: perDay.get(definition.id) ?? new Array<number>(shownDays).fill(0),
  }));
};

/** Moments of one format and zone are in order as text. */
const latest = (a: string | null, b: string | null): string | null => (a !== null && (b === null || a > b) ? a : b);

/** Who waits inside an automation, by version and step: from what is counted as runs go. Throws NotFoundError. */
export const readInFlight = async (db: Queryable, names: Names, automation: string): Promise<InFlight> => {
  await automationMustExist(db, automation);
  const [last] = await definitionHistory(db, 'automation', automation);
  const { rows } = await db.query<{ version: number; node: string; waiting: number }>(
    `select version, node, sum(case when port = $2 then passed when port = $3 then 0 else -passed end)::bigint as waiting
     from step_counts where automation = $1 group by version, node order by version desc, node`,
    [automation, stepPorts.came, stepPorts.failed],
  );
  const items = rows.map((row) => ({ ...row, type: names.node(automation, row.version, row.node)?.type ?? null }));
  // Jumps take no output, and wait for nothing.
  return {
    items: items.filter(({ waiting, type }) => waiting > 0 && type !== 'go_to'),
    held: last?.toRevision !== null && (await isAnyHeld(db, automation)),
  };
};

/** Only of an automation that is not live: who was held goes on when it is. */
const isAnyHeld = async (db: Queryable, automation: string): Promise<boolean> => {
  const { rows } = await db.query(
    `select 1 from runs where automation = $1 and status = 'waiting' and waiting ? 'held' limit 1`,
    [automation],
  );
  return rows.length > 0;
};

/** Published or drafted. Throws NotFoundError. */
export const automationMustExist = async (db: Queryable, automation: string): Promise<void> => {
  if ((await definitionHistory(db, 'automation', automation)).length > 0) return;
  if (!(await readDraft(db, 'automation', automation))) throw new NotFoundError('automation', automation);
};
