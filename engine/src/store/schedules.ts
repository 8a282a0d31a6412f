import type { Queryable } from './store.ts';

const key = 'schedule_problems';

/** Why schedules could not be made, by their ids in Temporal; those that could are left out. */
export const scheduleProblems = async (db: Queryable): Promise<Record<string, string>> => {
  const { rows } = await db.query<{ value: Record<string, string> }>('select value from settings where key = $1', [
    key,
  ]);
  return rows[0]?.value ?? {};
};

/** Writes only what is different. */
export const writeScheduleProblems = async (db: Queryable, problems: Record<string, string>): Promise<void> => {
  await db.query(
    `insert into settings (key, value) values ($1, $2)
     on conflict (key) do update set value = excluded.value where settings.value is distinct from excluded.value`,
    [key, JSON.stringify(problems)],
  );
};
