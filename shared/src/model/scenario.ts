import { z } from 'zod';
import { fieldValueSchema, idSchema, nameSchema, pathSchema } from './value.ts';

/** Somebody who does not exist: how they stand when a scenario begins. */
export const madeUpContactSchema = z.strictObject({
  /** They come with these: a profile is scored by them, and automations that look at changes see them come. */
  fields: z.record(pathSchema, fieldValueSchema).default({}),
  /** What they had before: nothing starts because of it. */
  labels: z.array(z.string().trim().min(1).max(100)).max(100).default([]),
  stage: idSchema.nullable().default(null),
  /** Points of behaviour earned before, per score model; they fade and expire like others. */
  points: z.record(idSchema, z.number().min(-1_000_000).max(1_000_000)).default({}),
});
export type MadeUpContact = z.infer<typeof madeUpContactSchema>;

/** Later than this nothing of a scenario happens. */
export const longestScenarioDays = 366;

const afterMinutes = z
  .number()
  .min(0)
  .max(longestScenarioDays * 1_440);

export const scriptedSchema = z.discriminatedUnion('kind', [
  /** Something that the contact does, or one of the product's own events: `ripen.enrol`, `ripen.lead_won`. */
  z.strictObject({
    kind: z.literal('event'),
    afterMinutes,
    event: z.string().min(1).max(100),
    properties: z.record(z.string(), z.json()).default({}),
  }),
  z.strictObject({ kind: z.literal('fields'), afterMinutes, fields: z.record(pathSchema, fieldValueSchema) }),
]);
export type Scripted = z.infer<typeof scriptedSchema>;

/** What a scenario led to: what is held against it when it is run again. */
export const outcomeSchema = z.strictObject({
  stage: z.string().nullable(),
  /** Points per score model. */
  scores: z.record(z.string(), z.number()),
  /** `node` or `node output`, in the order in which runs of the automation passed them. */
  path: z.array(z.string().max(130)).max(2_000),
  notifications: z.int().min(0),
  leads: z.int().min(0),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** A made-up contact and what happens to them, kept with an automation as a test of it. */
export const scenarioSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  /** A date of its own, so that it always goes the same way. */
  startsAt: z.iso.datetime(),
  days: z.number().min(1).max(longestScenarioDays),
  contact: madeUpContactSchema,
  happens: z.array(scriptedSchema).max(200),
  expects: outcomeSchema,
});
export type Scenario = z.infer<typeof scenarioSchema>;
