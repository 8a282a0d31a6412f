import { partsOf, toPoints, viewOfAccount, type AccountModel, type FieldValue, type ModelChecks } from '@ripen/shared';
import type { Queryable } from '../store/store.ts';
import type { Workspace } from './workspace.ts';

type Check = ModelChecks['items'][number];

/** Accounts that rules are tried on, in the order of their ids, which are hashes. */
const mostTried = 5_000;

/** What the accounts that there are say against a model in force: rules that fit none, fields that none has, bands without any. */
export const checkAccountsOf = async (
  db: Queryable,
  { accountModels }: Pick<Workspace, 'accountModels'>,
  model: AccountModel,
  at: number,
): Promise<ModelChecks> => {
  const { rows } = await db.query<{ fields: Record<string, FieldValue> }>(
    'select fields from accounts order by id limit $1',
    [mostTried],
  );
  const compiled = accountModels.find(({ id }) => id === model.id);
  // In an empty workspace nothing is known yet.
  if (rows.length === 0 || !compiled) return { items: [] };
  const views = rows.map(({ fields }) => viewOfAccount({ at, fields }));
  const known = new Set(rows.flatMap(({ fields }) => Object.keys(fields)));
  const whenOf = new Map(compiled.groups.flatMap(({ rules }) => rules.map(({ id, when }) => [id, when] as const)));
  const rules = model.rules.flatMap((rule): Check[] => {
    const fields = partsOf(rule.when, { ofEvents: false }).flatMap((part) =>
      part.kind === 'field' ? [part.field] : [],
    );
    const unknown = fields.find((field) => !known.has(field));
    if (unknown !== undefined)
      return [say('unknown_field', rule.id, `"${rule.name}" looks at "${unknown}", which no account has had yet.`)];
    const when = whenOf.get(rule.id);
    return when && !views.some((view) => when.holds(view))
      ? [say('rule_never_fits', rule.id, `No account fits "${rule.name}", although accounts have ${list(fields)}.`)]
      : [];
  });
  return { items: [...rules, ...(await emptyBands(db, model))] };
};

const say = (code: Check['code'], rule: string | null, message: string): Check => ({ code, rule, message });

const list = (fields: readonly string[]): string => [...new Set(fields)].map((field) => `"${field}"`).join(' and ');

/** Bands above the highest score that there is. */
const emptyBands = async (db: Queryable, { id, bands = [] }: AccountModel): Promise<Check[]> => {
  const { rows } = await db.query<{ score: number }>(
    'select score from account_scores where model = $1 and shown order by score desc limit 1',
    [id],
  );
  const [highest] = rows;
  if (!highest) return [];
  return bands
    .filter(({ from }) => from > toPoints(highest.score))
    .map(({ name, from }) =>
      say(
        'band_not_reached',
        null,
        `No account reaches "${name}" at ${from}: the highest score is ${Math.floor(toPoints(highest.score))}.`,
      ),
    );
};
