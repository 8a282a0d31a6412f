import { scoreModelSchema, type ScoreModel } from '@ripen/shared';
import type { Read } from '../../drafts/index.ts';
import { readSheetFile, type FileRead } from './sheet-file.ts';

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isOptional = (value: unknown, test: (value: unknown) => boolean): boolean => value === undefined || test(value);

const leaves = new Set(['field', 'property', 'label', 'stage', 'score', 'band', 'performed', 'segment']);

/** Whether a condition has the shape that can be shown; what is in it may be unfinished. */
export const isShownCondition = (value: unknown, depth = 0): boolean => {
  if (!isRecord(value) || depth > 10) return false;
  const { kind, of, is } = value;
  if (kind === 'all' || kind === 'any')
    return Array.isArray(of) && of.every((part) => isShownCondition(part, depth + 1));
  if (kind === 'not') return isShownCondition(of, depth + 1);
  if (kind === 'field' || kind === 'property') return isText(value[kind]) && isRecord(is) && isText(is['op']);
  if (kind === 'stage') return Array.isArray(value['in']);
  return isText(kind) && leaves.has(kind);
};

const isShownGroup = (value: unknown): boolean =>
  isRecord(value) &&
  isText(value['id']) &&
  isText(value['name']) &&
  (value['kind'] === 'profile' || value['kind'] === 'behaviour');

const isShownBand = (value: unknown): boolean => isRecord(value) && isText(value['id']) && isText(value['name']);

const isShownRule = (value: unknown): boolean => {
  if (!isRecord(value) || !isText(value['id']) || !isText(value['name']) || !isText(value['group'])) return false;
  if (value['kind'] === 'profile') return isShownCondition(value['when']);
  return (
    value['kind'] === 'behaviour' &&
    isText(value['event']) &&
    isOptional(value['where'], isShownCondition) &&
    isOptional(value['counts'], (counts) => isRecord(counts) && isText(counts['kind']))
  );
};

/** Nothing yet: where a new model begins. */
export const emptyModel = (id: string, name: string): ScoreModel => ({
  kind: 'model',
  id,
  name,
  clamp: { min: 0, max: 100 },
  groups: [],
  rules: [],
});

/**
 * Reads a draft. Its parts may be unfinished (points half typed, a field not chosen), which is what problems are for; it must
 * have the shape that can be shown, or it is corrupt.
 */
export const readModel = (raw: unknown): Read<ScoreModel> => {
  const whole = scoreModelSchema.safeParse(raw);
  if (whole.success) return { kind: 'document', document: whole.data };
  if (!isRecord(raw) || raw['kind'] !== 'model' || !isText(raw['id']))
    return { kind: 'corrupt', why: 'It is not a score model.' };
  const { groups = [], rules = [], clamp = { min: 0, max: 100 }, audience, decay, reset, bands } = raw;
  if (!Array.isArray(groups) || !groups.every(isShownGroup))
    return { kind: 'corrupt', why: 'Its groups cannot be read.' };
  if (!Array.isArray(rules)) return { kind: 'corrupt', why: 'Its rules cannot be read.' };
  const broken = rules.findIndex((rule) => !isShownRule(rule));
  if (broken >= 0) return { kind: 'corrupt', why: `Rule ${broken + 1} cannot be read.` };
  if (!isRecord(clamp) || !isOptional(audience, isShownCondition) || !isOptional(reset, isRecord))
    return { kind: 'corrupt', why: 'Its settings cannot be read.' };
  if (!isOptional(decay, (value) => isRecord(value) && isRecord(value['by'])))
    return { kind: 'corrupt', why: 'Its decay cannot be read.' };
  if (!isOptional(bands, (value) => Array.isArray(value) && value.every(isShownBand)))
    return { kind: 'corrupt', why: 'Its bands cannot be read.' };
  const counted = (rules as Json[]).map((rule) =>
    rule['kind'] === 'behaviour'
      ? { ...rule, counts: rule['counts'] ?? { kind: 'once' }, decays: rule['decays'] ?? true }
      : rule,
  );
  const name = isText(raw['name']) ? raw['name'] : '';
  // Looked at above as far as it is shown; what may still be wrong in it is what problems say.
  return { kind: 'document', document: { ...raw, name, clamp, groups, rules: counted } as unknown as ScoreModel };
};

/** A score model from the text of a file. */
export const readModelFile = (text: string): FileRead<ScoreModel> => readSheetFile(text, 'model', readModel);
