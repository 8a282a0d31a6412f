import { randomUUID } from 'node:crypto';
import type { Role } from '@ripen/shared';
import { announce } from '../store/announce.ts';
import { ConflictError, NotFoundError } from '../store/errors.ts';
import type { Queryable, Store, Transaction } from '../store/store.ts';

export interface PersonRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  createdAt: Date;
  signedInAt: Date | null;
}

export interface NewPerson {
  name: string;
  /** In lower case. */
  email: string;
  role: Role;
  /** As better-auth hashes it. */
  passwordHash: string;
}

/** Who may do what is decided one change at a time: two admins who demote each other at once do not both succeed. */
const lockKey = 0x70656f70;
const alone = `begin; select pg_advisory_xact_lock(${lockKey})`;

const columns = `p.id, p.name, p.email, p.role, p.created_at as "createdAt",
  (select max(s.created_at) from sessions s where s.person_id = p.id and s.expires_at > now()) as "signedInAt"`;

export const listPeople = async (db: Queryable): Promise<PersonRow[]> =>
  (await db.query<PersonRow>(`select ${columns} from people p order by p.name, p.id`)).rows;

/** Throws NotFoundError. */
const readPerson = async (db: Queryable, id: string): Promise<PersonRow> => {
  const { rows } = await db.query<PersonRow>(`select ${columns} from people p where p.id = $1`, [id]);
  const person = rows[0];
  if (!person) throw new NotFoundError('person', id);
  return person;
};

export const hasPeople = async (db: Queryable): Promise<boolean> =>
  (await db.query('select 1 from people limit 1')).rowCount === 1;

/** Makes the first person, an admin. Throws ConflictError when there is any. */
export const setUp = (store: Store, first: Omit<NewPerson, 'role'>): Promise<PersonRow> =>
  store.transaction(async (tx) => {
    if (await hasPeople(tx)) throw new ConflictError('Ripen has been set up: sign in, or ask an admin for an account.');
    return insertPerson(tx, { ...first, role: 'admin' });
  }, alone);

/** Throws ConflictError when somebody has the e-mail address. */
export const addPerson = (store: Store, person: NewPerson): Promise<PersonRow> =>
  store.transaction((tx) => insertPerson(tx, person), alone);

const insertPerson = async (tx: Transaction, person: NewPerson): Promise<PersonRow> => {
  const id = randomUUID();
  const { rowCount } = await tx.query(
    'insert into people (id, name, email, role) values ($1, $2, $3, $4) on conflict (email) do nothing',
    [id, person.name, person.email, person.role],
  );
  if (rowCount === 0) throw new ConflictError(`There is somebody with the e-mail address ${person.email} already.`);
  await tx.query(
    `insert into credentials (account_id, provider_id, person_id, password) values ($1, 'credential', $2, $3)`,
    [id, id, person.passwordHash],
  );
  await announce(tx, { people: [id] });
  return readPerson(tx, id);
};

/**
 * Changes what is given. A new password ends every session of the person. Throws NotFoundError, and ConflictError when no
 * admin would be left.
 */
export const changePerson = (
  store: Store,
  id: string,
  change: { name?: string | undefined; role?: Role | undefined; passwordHash?: string | undefined },
): Promise<PersonRow> =>
  store.transaction(async (tx) => {
    const before = await readPerson(tx, id);
    const { name = before.name, role = before.role, passwordHash } = change;
    if (role !== 'admin') await keepAnAdmin(tx, before);
    await tx.query('update people set name = $2, role = $3, updated_at = now() where id = $1', [id, name, role]);
    if (passwordHash !== undefined) {
      await tx.query(
        `insert into credentials (account_id, provider_id, person_id, password) values ($1, 'credential', $2, $3)
         on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`,
        [id, id, passwordHash],
      );
      await tx.query('delete from sessions where person_id = $1', [id]);
    }
    await announce(tx, { people: [id], sessions: null });
    return readPerson(tx, id);
  }, alone);

/** Removes somebody with all of their sessions. Throws NotFoundError, and ConflictError for the last admin. */
export const removePerson = (store: Store, id: string): Promise<void> =>
  store.transaction(async (tx) => {
    await keepAnAdmin(tx, await readPerson(tx, id));
    await tx.query('delete from people where id = $1', [id]);
    await announce(tx, { people: [id], sessions: null });
  }, alone);

const keepAnAdmin = async (tx: Transaction, leaving: PersonRow): Promise<void> => {
  if (leaving.role !== 'admin') return;
  const { rowCount } = await tx.query(`select 1 from people where role = 'admin' and id <> $1 limit 1`, [leaving.id]);
  if (rowCount === 0) throw new ConflictError(`${leaving.name} is the last admin. Make somebody else an admin first.`);
};
