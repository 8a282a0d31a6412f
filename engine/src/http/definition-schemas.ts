import {
  accountModelSchema,
  automationSchema,
  channelSchema,
  definitionSchema,
  eventTypeSchema,
  fieldSchema,
  lifecycleSchema,
  maintenanceProgramSchema,
  queueSchema,
  scoreModelSchema,
  segmentSchema,
} from '@ripen/shared';
import { z } from 'zod';

const schemas = {
  definition: definitionSchema,
  model: scoreModelSchema,
  lifecycle: lifecycleSchema,
  automation: automationSchema,
  event_type: eventTypeSchema,
  field: fieldSchema,
  queue: queueSchema,
  channel: channelSchema,
  segment: segmentSchema,
  maintenance_program: maintenanceProgramSchema,
  account_model: accountModelSchema,
} as const;

export const schemaNames = Object.keys(schemas);

const made = new Map<string, Record<string, unknown>>();

/** The JSON Schema of documents as people write them: defaults may be left out. Null for an unknown name. */
export const definitionJsonSchema = (name: string): Record<string, unknown> | null => {
  if (!Object.hasOwn(schemas, name)) return null;
  const known = made.get(name);
  if (known) return known;
  // Conditions nest: written out instead of referred to, they would be a million lines.
  const schema = z.toJSONSchema(schemas[name as keyof typeof schemas], {
    io: 'input',
    reused: 'ref',
    unrepresentable: 'any',
  });
  const document: Record<string, unknown> = { ...schema, $id: `/api/schemas/${name}.json` };
  made.set(name, document);
  return document;
};
