import { z } from 'zod';
import { momentSchema, pageOf, pageQuery, uuidSchema } from './api-common.ts';

/** Something that an automation tells a person inside the product. */
export const noticeSchema = z.object({
  id: uuidSchema,
  at: momentSchema,
  subject: z.string(),
  body: z.string(),
  contact: z.object({ id: uuidSchema, name: z.string() }),
  /** The lead that the contact was when it was told; null: none. */
  leadId: uuidSchema.nullable(),
  automation: z.string(),
  automationName: z.string(),
  readAt: momentSchema.nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** More than so many unread ones are not counted. */
export const mostUnread = 100;

export const noticesQuery = z.object({ ...pageQuery, unread: z.enum(['true', 'false']).default('false') });
export const noticesSchema = pageOf(noticeSchema).extend({
  /** Unread ones, at most 100. */
  unread: z.int(),
});
export type Notices = z.infer<typeof noticesSchema>;

export const readNoticesBodySchema = z.union([
  z.strictObject({ ids: z.array(uuidSchema).min(1).max(200) }),
  z.strictObject({ all: z.literal(true) }),
]);
export const unreadSchema = z.object({ unread: z.int() });
