import { z } from 'zod';
import { roles } from '../contract/permissions.ts';
import { idSchema, nameSchema } from './value.ts';

const repSchema = z.strictObject({
  id: idSchema,
  name: nameSchema,
  email: z.email().optional(),
  available: z.boolean().default(true),
});
export type Rep = z.infer<typeof repSchema>;

/** A sales queue: the reps whom leads are routed to, and how. */
export const queueSchema = z.strictObject({
  kind: z.literal('queue'),
  id: idSchema,
  name: nameSchema,
  strategy: z.enum(['round_robin']).default('round_robin'),
  reps: z.array(repSchema).max(1_000).default([]),
  /** Minutes within which a lead should be answered. */
  answerWithinMinutes: z.int().positive().max(525_600).optional(),
});
export type Queue = z.infer<typeof queueSchema>;

/** Whom a notice inside the product is for: who has the contact's open lead, everybody of a role, or one person. */
const noticeToSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lead_owner') }),
  z.strictObject({ kind: z.literal('role'), role: z.enum(roles) }),
  /** By the address that they sign in with. */
  z.strictObject({ kind: z.literal('person'), email: z.email() }),
]);

/** Where notifications go: a webhook (signed, Standard Webhooks), a Slack channel, e-mail to colleagues, or people in the product. */
export const channelSchema = z.discriminatedUnion('type', [
  z.strictObject({
    kind: z.literal('channel'),
    id: idSchema,
    name: nameSchema,
    type: z.literal('webhook'),
    url: z.url({ protocol: /^https?$/ }),
  }),
  z.strictObject({
    kind: z.literal('channel'),
    id: idSchema,
    name: nameSchema,
    type: z.literal('slack'),
    /** Of an incoming webhook, as Slack makes it. */
    url: z.url({ protocol: /^https?$/ }),
  }),
  z.strictObject({
    kind: z.literal('channel'),
    id: idSchema,
    name: nameSchema,
    type: z.literal('email'),
    to: z.array(z.email()).min(1).max(50),
  }),
  z.strictObject({
    kind: z.literal('channel'),
    id: idSchema,
    name: nameSchema,
    type: z.literal('in_app'),
    to: noticeToSchema,
  }),
]);
export type Channel = z.infer<typeof channelSchema>;
export type InAppChannel = Extract<Channel, { type: 'in_app' }>;
