import type { z } from 'zod';
import type { Problem } from '@ripen/shared';

/** What is wrong, by place: a form asks for the sentence at each of its fields. */
export interface FieldErrors {
  /** The sentence for this very field, if there is one. */
  at(path: string): string | undefined;
  /** The sentence for this field or anything inside it. */
  within(path: string): string | undefined;
  /** The same for what lies under a path. */
  under(path: string): FieldErrors;
}

export type PlacedError = Pick<Problem, 'message'> & { readonly path: string };

const join = (base: string, path: string): string => (base === '' ? path : path === '' ? base : `${base}.${path}`);

/** Errors by their paths (`branches.0.when`). The first at a place is shown. */
export const fieldErrors = (errors: readonly PlacedError[], base = ''): FieldErrors => ({
  at: (path) => errors.find((error) => error.path === join(base, path))?.message,
  within: (path) => {
    const full = join(base, path);
    return errors.find((error) => error.path === full || full === '' || error.path.startsWith(`${full}.`))?.message;
  },
  under: (path) => fieldErrors(errors, join(base, path)),
});

export const noErrors: FieldErrors = fieldErrors([]);

/** What a schema has against a value, in sentences by path. Schemas are the only source of rules. */
export const schemaErrors = (schema: z.ZodType, value: unknown): PlacedError[] => {
  const result = schema.safeParse(value, { error: (issue) => issueWords(issue) });
  return result.success
    ? []
    : result.error.issues.map((issue) => ({
        path: issue.path.join('.'),
        // Ids and event types are chosen, never typed: what their pattern says helps nobody who chose nothing.
        message:
          issue.code === 'invalid_format' && valueAt(value, issue.path) === ''
            ? 'Choose one.'
            : asSentence(issue.message),
      }));
};

/** What schemas say for themselves goes on from a path: "must be a hundred years at most". */
const asSentence = (message: string): string =>
  message.charAt(0).toUpperCase() + message.slice(1) + (/[.!?]$/.test(message) ? '' : '.');

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );

type RawIssue = z.core.$ZodRawIssue;

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Zod's issues as people say them; undefined leaves its own words. */
const issueWords = (issue: RawIssue): string | undefined => {
  if (isBlank(issue.input)) return 'Fill this in.';
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'array') return `Add at least ${issue.minimum}.`;
      if (issue.origin === 'string') return 'Fill this in.';
      return issue.inclusive === false
        ? `Must be more than ${issue.minimum}.`
        : `Must be ${plain(issue.minimum)} or more.`;
    case 'too_big':
      if (issue.origin === 'array') return `At most ${issue.maximum} are possible.`;
      if (issue.origin === 'string') return `Too long: at most ${issue.maximum} characters.`;
      return `Must be ${plain(issue.maximum)} or less.`;
    case 'invalid_type':
      return issue.expected === 'number'
        ? 'Type a number.'
        : issue.expected === 'int'
          ? 'Type a whole number.'
          : undefined;
    case 'invalid_format':
      return issue.format === 'email' ? 'This is no e-mail address.' : undefined;
    case 'invalid_union':
      return 'Choose one.';
    default:
      return undefined;
  }
};

const plain = (bound: number | bigint): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: 4 }).format(bound);
