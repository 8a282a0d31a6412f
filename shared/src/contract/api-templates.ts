import { z } from 'zod';
import { documentSchema } from './api-common.ts';
import { definitionKindSchema, publicationSchema } from './api-definitions.ts';

const namedSchema = z.object({ kind: definitionKindSchema, id: z.string() });

/** A whole system to start from: definitions that are published together. */
export const templateSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** One sentence. */
  summary: z.string(),
  /** What it is made of and why, in paragraphs. */
  about: z.array(z.string()),
  documents: z.array(documentSchema),
  /** Documents of these names are in force already and say something else. */
  collisions: z.array(namedSchema),
  /** Everything in it is in force as it is. */
  applied: z.boolean(),
});
export type Template = z.infer<typeof templateSchema>;

/** An automation to begin with (or several that belong together), with the definitions that it needs. */
export const automationTemplateSchema = templateSchema.omit({ collisions: true, applied: true });
export type AutomationTemplate = z.infer<typeof automationTemplateSchema>;

export const templateBodySchema = z
  .strictObject({
    existing: z
      .enum(['refuse', 'keep', 'replace'])
      .default('refuse')
      .describe(
        'What becomes of documents that are in force under a name of the template: `refuse` answers 409, `keep` leaves them as they are, `replace` publishes those of the template',
      ),
  })
  .default({ existing: 'refuse' });

export const templatePublicationSchema = publicationSchema.extend({
  /** Documents of the template that were left out, because others of that name are in force. */
  kept: z.array(namedSchema),
});
