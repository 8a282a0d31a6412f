import { accountModelSchema, type AccountModel } from '@ripen/shared';
import type { Read } from '../../drafts/index.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areNamed = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) && value.every((item) => isRecord(item) && typeof item['id'] === 'string'));

/** A sheet to begin with: all that its contacts score, and a rule about the account to change. */
export const starterAccountModel = (id: string, name: string, model: string | null): AccountModel => ({
  kind: 'account_model',
  id,
  name,
  clamp: { min: 0, max: 1_000 },
  contacts: model === null ? [] : [{ model, part: 'all', together: { kind: 'sum' } }],
  groups: [{ id: 'fit', name: 'Fit', kind: 'profile' }],
  rules: [],
});

/** Reads a draft: its parts may be unfinished, but it must have the shape that can be shown. */
export const readAccountModel = (raw: unknown): Read<AccountModel> => {
  const whole = accountModelSchema.safeParse(raw);
  if (whole.success) return { kind: 'document', document: whole.data };
  if (!isRecord(raw) || raw['kind'] !== 'account_model' || typeof raw['id'] !== 'string')
    return { kind: 'corrupt', why: 'It is not a score model for accounts.' };
  const { contacts = [], groups = [], rules = [], bands, clamp = { min: 0, max: 1_000 } } = raw;
  const isShown =
    Array.isArray(contacts) &&
    contacts.every((part) => isRecord(part) && isRecord(part['together'])) &&
    areNamed(groups) &&
    areNamed(bands) &&
    areNamed(rules) &&
    (rules as Record<string, unknown>[]).every((rule) => isRecord(rule['when'])) &&
    isRecord(clamp);
  if (!isShown) return { kind: 'corrupt', why: 'A part of it cannot be read.' };
  const name = typeof raw['name'] === 'string' ? raw['name'] : '';
  // Looked at above as far as it is shown; what may still be wrong in it is what problems say.
  return { kind: 'document', document: { ...raw, name, contacts, groups, rules, clamp } as unknown as AccountModel };
};

/** A model from a file that somebody chose: the model alone, or a list in which there is one. Else why not. */
export const readAccountModelFile = (text: string): { model: AccountModel } | { why: string } => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { why: 'The file is not JSON.' };
  }
  const found: unknown = (Array.isArray(json) ? json : [json]).find(
    (document: unknown) => isRecord(document) && document['kind'] === 'account_model',
  );
  const read = readAccountModel(found);
  return read.kind === 'document' ? { model: read.document } : { why: read.why };
};
