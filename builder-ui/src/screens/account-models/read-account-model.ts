import { accountModelSchema, type AccountModel } from '@ripen/shared';
import type { Read } from '../../drafts/index.ts';
import { readSheetFile, type FileRead } from '../models/sheet-file.ts';

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

/** A model for accounts from the text of a file. */
export const readAccountModelFile = (text: string): FileRead<AccountModel> =>
  readSheetFile(text, 'account_model', readAccountModel);
