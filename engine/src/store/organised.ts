import { announce } from './announce.ts';
import { NotFoundError } from './errors.ts';
import type { Queryable } from './store.ts';

/** How people keep an automation in order. */
interface Organised {
  folder: string | null;
  labels: string[];
  owner: { id: string; name: string } | null;
  /** A favourite of the person who asks. */
  starred: boolean;
}

export const notOrganised: Organised = { folder: null, labels: [], owner: null, starred: false };

/** Those that nobody put anywhere are absent. `person`: whose favourites count; null: nobody's. */
export const readOrganised = async (db: Queryable, person: string | null): Promise<Map<string, Organised>> => {
  const { rows } = await db.query<{
    automation: string;
    folder: string | null;
    label: string | null;
    ownerId: string | null;
    ownerName: string | null;
    starred: boolean;
  }>(
    `select automation, folder, null as label, null::uuid as "ownerId", null as "ownerName", false as starred
       from automation_folders
     union all select automation, null, label, null, null, false from automation_labels
     union all select o.automation, null, null, p.id, p.name, false from automation_owners o join people p on p.id = o.person_id
     union all select automation, null, null, null, null, true from automation_stars where person_id = $1
     order by label`,
    [person],
  );
  const organised = new Map<string, Organised>();
  for (const row of rows) {
    const known = organised.get(row.automation) ?? { ...notOrganised, labels: [] };
    organised.set(row.automation, known);
    known.folder ??= row.folder;
    if (row.label !== null) known.labels.push(row.label);
    if (row.ownerId !== null) known.owner = { id: row.ownerId, name: row.ownerName ?? '' };
    known.starred ||= row.starred;
  }
  return organised;
};

/** Null takes the automation out of its folder. */
export const writeFolder = async (db: Queryable, automation: string, folder: string | null): Promise<void> => {
  if (folder === null) await db.query('delete from automation_folders where automation = $1', [automation]);
  else
    await db.query(
      'insert into automation_folders (automation, folder) values ($1, $2) on conflict (automation) do update set folder = excluded.folder',
      [automation, folder],
    );
  await announce(db, { definitions: [automation] });
};

/** Adds labels and takes others away; returns all that it has then. */
export const changeLabels = async (
  db: Queryable,
  automation: string,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): Promise<string[]> => {
  await db.query('delete from automation_labels where automation = $1 and label = any($2)', [automation, remove]);
  await db.query(
    'insert into automation_labels (automation, label) select $1, unnest($2::text[]) on conflict do nothing',
    [automation, add],
  );
  await announce(db, { definitions: [automation] });
  return readLabels(db, automation);
};

export const readLabels = async (db: Queryable, automation: string): Promise<string[]> => {
  const { rows } = await db.query<{ label: string }>(
    'select label from automation_labels where automation = $1 order by label',
    [automation],
  );
  return rows.map(({ label }) => label);
};

/** Throws NotFoundError for a person who is not there. */
export const writeOwner = async (db: Queryable, automation: string, person: string | null): Promise<void> => {
  if (person === null) await db.query('delete from automation_owners where automation = $1', [automation]);
  else {
    const { rowCount } = await db.query(
      `insert into automation_owners (automation, person_id) select $1, id from people where id = $2
       on conflict (automation) do update set person_id = excluded.person_id`,
      [automation, person],
    );
    if (rowCount === 0) throw new NotFoundError('person', person);
  }
  await announce(db, { definitions: [automation] });
};

/** Whoever draws an automation first owns it, until somebody says otherwise. */
export const ownIfNobodyDoes = async (db: Queryable, automation: string, person: string): Promise<void> => {
  await db.query('insert into automation_owners (automation, person_id) values ($1, $2) on conflict do nothing', [
    automation,
    person,
  ]);
};

export const writeStar = async (
  db: Queryable,
  { person, automation, starred }: { person: string; automation: string; starred: boolean },
): Promise<void> => {
  await db.query(
    starred
      ? 'insert into automation_stars (person_id, automation) values ($1, $2) on conflict do nothing'
      : 'delete from automation_stars where person_id = $1 and automation = $2',
    [person, automation],
  );
  await announce(db, { definitions: [automation] });
};

/** Of an automation that is gone. */
export const forgetOrganised = async (db: Queryable, automation: string): Promise<void> => {
  for (const table of ['automation_folders', 'automation_labels', 'automation_owners', 'automation_stars'])
    await db.query(`delete from ${table} where automation = $1`, [automation]);
};
