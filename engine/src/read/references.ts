import {
  definitionSchema,
  near,
  referencesOf,
  renamed,
  usesOf,
  type AutomationUses,
  type Definition,
  type Mapped,
  type Named,
  type NamedKind,
  type Reference,
  type MappedReferences,
} from '@ripen/shared';
import { definitionHistory } from '../store/definitions.ts';
import { readDraft } from '../store/drafts.ts';
import { NotFoundError } from '../store/errors.ts';
import type { Queryable } from '../store/store.ts';
import { readKnown } from './known.ts';
import type { Workspace } from './workspace.ts';

/** These need not be there yet: they begin with the first that arrives. */
const arriving: ReadonlySet<NamedKind> = new Set(['field', 'event_type', 'label']);

/** What a document brings with it for others to name. */
const broughtBy = (document: Definition): Named[] => {
  switch (document.kind) {
    case 'lifecycle':
      return document.stages.map(({ id }) => ({ kind: 'stage' as const, id }));
    case 'maintenance_program':
    case 'account_model':
      return [];
    case 'field':
      return document.deleted ? [] : [{ kind: document.kind, id: document.id }];
    default:
      return [{ kind: document.kind, id: document.id }];
  }
};

const keyOf = ({ kind, id }: Named): string => `${kind} ${id}`;

const titleOf = (document: Definition): string => (document.kind === 'lifecycle' ? 'Lifecycle' : document.name);

/** Documents with what they name called as it is here, and what of it is not here. */
export const mapReferences = async (
  db: Queryable,
  workspace: Workspace,
  given: readonly Definition[],
  map: readonly Mapped[],
): Promise<MappedReferences> => {
  const targets = new Map(map.map(({ kind, from, to }) => [keyOf({ kind, id: from }), to]));
  const documents = given.map((document) => renamed(document, (named) => targets.get(keyOf(named)) ?? named.id));
  const known = await readKnown(db, workspace);
  const brought = new Set(documents.flatMap(broughtBy).map(keyOf));
  const unknown = new Map<string, MappedReferences['unknown'][number]>();
  for (const document of documents) {
    for (const { kind, id, places } of referencesOf(document)) {
      if (brought.has(keyOf({ kind, id })) || known.find({ kind, id })) continue;
      const met = unknown.get(keyOf({ kind, id })) ?? {
        kind,
        id,
        needed: !arriving.has(kind),
        places: [],
        suggestions: near(id, known.list(kind)),
      };
      const of = { kind: document.kind, id: document.kind === 'lifecycle' ? 'lifecycle' : document.id };
      for (const { part, node } of places)
        met.places.push({ document: { ...of, name: titleOf(document) }, part, node });
      unknown.set(keyOf({ kind, id }), met);
    }
  }
  const kinds = [...new Set([...unknown.values()].map(({ kind }) => kind))];
  return {
    documents,
    unknown: [...unknown.values()].sort((a, b) => Number(b.needed) - Number(a.needed)),
    choices: kinds.map((kind) => ({ kind, items: [...known.list(kind)] })),
  };
};

const placesOf = ({ places }: Reference): AutomationUses['names'][number]['places'] =>
  places.map(({ part, node }) => ({ part, node }));

/** What an automation names, as its draft or else its last version has it, and who in force names it. Throws NotFoundError. */
export const readAutomationUses = async (db: Queryable, workspace: Workspace, id: string): Promise<AutomationUses> => {
  const [draft, [published]] = await Promise.all([
    readDraft(db, 'automation', id),
    definitionHistory(db, 'automation', id),
  ]);
  if (!draft && !published) throw new NotFoundError('automation', id);
  // An unfinished draft names what it names when it is whole.
  const drawn = definitionSchema.safeParse(draft?.document);
  const document = drawn.success ? drawn.data : published?.document;
  const known = await readKnown(db, workspace);
  const others = usesOf(workspace.definitions, 'automation', id).filter(
    (use) => use.kind !== 'automation' || use.id !== id,
  );
  return {
    names: (document ? referencesOf(document) : []).map((reference) => {
      const { kind, id: named } = reference;
      const found = known.find(reference);
      return { kind, id: named, name: found?.name ?? named, known: found !== undefined, places: placesOf(reference) };
    }),
    namedBy: others,
  };
};
