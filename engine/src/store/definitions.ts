import type {
  AccountModel,
  Automation,
  AutomationVersion,
  Channel,
  Definition,
  Definitions,
  DespiteTests,
  EventType,
  Field,
  Lifecycle,
  MaintenanceProgram,
  Queue,
  ScoreModel,
  Segment,
} from '@ripen/shared';
import { announce } from './announce.ts';
import type { Queryable } from './store.ts';

export type DefinitionKind = Definition['kind'];

/** The id that a document is kept under; there is one lifecycle. */
export const definitionIdOf = (document: Definition): string =>
  document.kind === 'lifecycle' ? 'lifecycle' : document.id;

/** A published document at one version. */
export interface PublishedDefinition {
  kind: DefinitionKind;
  id: string;
  version: number;
  document: Definition;
  fromRevision: number;
  toRevision: number | null;
  endedBy: 'superseded' | 'paused' | 'archived' | null;
  publishedAt: Date;
  /** Set where it was published although tests of it went another way. */
  despite: DespiteTests | null;
}

const columns = `kind, id, version, document, from_revision as "fromRevision", to_revision as "toRevision",
  ended_by as "endedBy", published_at as "publishedAt", despite`;

/** The revision that inputs accepted now count under; 0 before the first publication. */
export const headRevision = async (db: Queryable): Promise<number> => {
  const { rows } = await db.query<{ revision: number }>({
    name: 'definitions_head',
    text: 'select revision from definitions_head',
  });
  return rows[0]?.revision ?? 0;
};

/** The same, holding other publications off until the transaction ends. */
export const lockHead = async (tx: Queryable): Promise<number> => {
  const { rows } = await tx.query<{ revision: number }>('select revision from definitions_head for update');
  return rows[0]?.revision ?? 0;
};

export const setHead = async (tx: Queryable, revision: number): Promise<void> => {
  await tx.query('update definitions_head set revision = $1', [revision]);
  await announce(tx, { definitions: null });
};

/** Documents in force now, by kind and id. */
export const liveDefinitions = async (db: Queryable, kind?: DefinitionKind): Promise<PublishedDefinition[]> => {
  const { rows } = await db.query<PublishedDefinition>(
    `select ${columns} from definitions where to_revision is null and ($1::text is null or kind = $1) order by kind, id`,
    [kind ?? null],
  );
  return rows;
};

/** Every row of one document, newest first: its versions, pauses and resumptions. */
export const definitionHistory = async (
  db: Queryable,
  kind: DefinitionKind,
  id: string,
): Promise<PublishedDefinition[]> => {
  const { rows } = await db.query<PublishedDefinition>(
    `select ${columns} from definitions where kind = $1 and id = $2 order by from_revision desc`,
    [kind, id],
  );
  return rows;
};

/** What lists show of a document: not the whole of it, which may be thousands of steps. */
export interface DefinitionHead {
  id: string;
  version: number;
  name: string | null;
  description: string | null;
  toRevision: number | null;
  endedBy: PublishedDefinition['endedBy'];
  publishedAt: Date;
}

/** The last row of every document of a kind, in force or not. */
export const definitionHeads = async (db: Queryable, kind: DefinitionKind): Promise<DefinitionHead[]> => {
  const { rows } = await db.query<DefinitionHead>(
    `select distinct on (id) id, version, document->>'name' as name, document->>'description' as description,
       to_revision as "toRevision", ended_by as "endedBy", published_at as "publishedAt"
     from definitions where kind = $1 order by id, from_revision desc`,
    [kind],
  );
  return rows;
};

export const insertDefinition = async (
  tx: Queryable,
  document: Definition,
  version: number,
  revision: number,
  despite: DespiteTests | null = null,
): Promise<void> => {
  await tx.query(
    'insert into definitions (kind, id, version, document, from_revision, despite) values ($1, $2, $3, $4, $5, $6)',
    [
      ...[document.kind, definitionIdOf(document), version, JSON.stringify(document), revision],
      despite && JSON.stringify(despite),
    ],
  );
};

/** Ends the row in force, if there is one. */
export const endDefinition = async (
  tx: Queryable,
  end: { kind: DefinitionKind; id: string; revision: number; endedBy: 'superseded' | 'paused' | 'archived' },
): Promise<boolean> => {
  const { rowCount } = await tx.query(
    'update definitions set to_revision = $3, ended_by = $4 where kind = $1 and id = $2 and to_revision is null',
    [end.kind, end.id, end.revision, end.endedBy],
  );
  return rowCount === 1;
};

/**
 * What the core interprets at a revision: the documents in force then and, for runs that wait in them, every other version
 * of an automation published by then.
 */
export const definitionsAt = async (db: Queryable, revision: number): Promise<Definitions> => {
  const { rows } = await db.query<{ document: Definition; version: number; inForce: boolean }>(
    `select document, version, (to_revision is null or to_revision > $1) as "inForce"
     from definitions where from_revision <= $1 and (kind = 'automation' or to_revision is null or to_revision > $1)
     order by kind, id, version, from_revision`,
    [revision],
  );
  const models: ScoreModel[] = [];
  const eventTypes: EventType[] = [];
  const fields: Field[] = [];
  const queues: Queue[] = [];
  const channels: Channel[] = [];
  const segments: Segment[] = [];
  const maintenance: MaintenanceProgram[] = [];
  const accountModels: AccountModel[] = [];
  const versions = new Map<string, AutomationVersion>();
  let lifecycle: Lifecycle | null = null;
  for (const { document, version, inForce } of rows) {
    switch (document.kind) {
      case 'model':
        models.push(document);
        break;
      case 'event_type':
        eventTypes.push(document);
        break;
      case 'field':
        fields.push(document);
        break;
      case 'queue':
        queues.push(document);
        break;
      case 'channel':
        channels.push(document);
        break;
      case 'segment':
        segments.push(document);
        break;
      case 'maintenance_program':
        maintenance.push(document);
        break;
      case 'account_model':
        accountModels.push(document);
        break;
      case 'lifecycle':
        lifecycle = document;
        break;
      case 'automation':
        addVersion(versions, document, version, inForce);
        break;
    }
  }
  return {
    ...{ revision, models, lifecycle, automations: [...versions.values()] },
    ...{ eventTypes, fields, queues, channels, segments, maintenance, accountModels },
  };
};

/** A version that was paused and resumed has several rows; it is live when one of them is in force. */
const addVersion = (
  versions: Map<string, AutomationVersion>,
  graph: Automation,
  version: number,
  live: boolean,
): void => {
  const key = `${graph.id}@${version}`;
  const known = versions.get(key);
  if (known) known.live ||= live;
  else versions.set(key, { version, live, graph });
};

/** Takes every version of a document away, as if it had never been. */
export const eraseDefinition = async (tx: Queryable, kind: DefinitionKind, id: string): Promise<void> => {
  await tx.query('delete from definitions where kind = $1 and id = $2', [kind, id]);
  await announce(tx, { definitions: [id] });
};
