import { z } from 'zod';

/** What a contact's field, or a property of an event, can hold. Dates are ISO 8601 strings or whole milliseconds. */
export type FieldValue = string | number | boolean | null | string[];

export const fieldValueSchema: z.ZodType<FieldValue> = z.union([
  z.string().max(10_000),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string().max(1_000)).max(200),
]);

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Properties of an event: nested JSON as the tracking API sends it. */
export type Properties = Record<string, Json>;

/** Ids of definitions are short, lower-case and stable, because ledgers and URLs carry them. */
export const idSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'must be 1 to 64 of a-z, 0-9, _ and -, starting with a letter or digit');

export const nameSchema = z.string().trim().min(1).max(200);

/** A dotted path into an event's properties, or the name of a field. */
export const pathSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((path) => !path.split('.').some(isPollutingKey), 'names a reserved key');

/** Keys that would reach into prototypes; nothing from outside may use them. */
export const isPollutingKey = (key: string): boolean =>
  key === '__proto__' || key === 'constructor' || key === 'prototype';

/** An own value of an object that was read from JSON; undefined when it has none of that name. */
export const ownValue = <T extends Json>(values: Readonly<Record<string, T>>, key: string): T | undefined => {
  const value = values[key];
  // Every object inherits functions and `__proto__`: text, numbers and the like are its own, and asking that costs more.
  return typeof value === 'object' || typeof value === 'function' ? ownObject(values, key) : value;
};

const ownObject = <T extends Json>(values: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(values, key) ? values[key] : undefined;

/** Reads a dotted path, own keys only: `page.url` of `{ page: { url } }`. A literal dotted key wins. */
export const readPath = (properties: Properties, path: string): Json | undefined => {
  const value = ownValue(properties, path);
  if (value !== undefined || !path.includes('.')) return value;
  let current: Json | undefined = properties;
  for (const key of path.split('.')) {
    if (current === null || typeof current !== 'object' || Array.isArray(current)) return undefined;
    if (!Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
};
