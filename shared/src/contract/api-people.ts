import { z } from 'zod';
import { momentSchema, uuidSchema } from './api-common.ts';
import { permissions, roles } from './permissions.ts';

export const roleSchema = z.enum(roles);

const nameSchema = z.string().trim().min(1).max(200);
const emailSchema = z.string().trim().toLowerCase().pipe(z.email().max(254));
/** Length is what makes a password hard to guess; nothing else is asked of it. */
const passwordSchema = z.string().min(10).max(128);
/** A password that somebody has, however it came to be. */
const anyPasswordSchema = z.string().min(1).max(128);

/** Who is asking, and what they may do. */
export const signedInSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  permissions: z.array(z.enum(permissions)),
});
export type SignedIn = z.infer<typeof signedInSchema>;

export const sessionSchema = z.object({
  /** There is no person yet: the first one is made by `POST /api/setup`. */
  setupNeeded: z.boolean(),
  /** Setting up takes an admin key, because others than this machine can reach the API. */
  setupKeyNeeded: z.boolean(),
  /** Null while nobody is signed in, and for keys. */
  person: signedInSchema.nullable(),
});
export type SessionState = z.infer<typeof sessionSchema>;

export const setupBodySchema = z.strictObject({ name: nameSchema, email: emailSchema, password: passwordSchema });
export const signInBodySchema = z.strictObject({ email: emailSchema, password: anyPasswordSchema });
export const passwordBodySchema = z.strictObject({ currentPassword: anyPasswordSchema, newPassword: passwordSchema });

export const personSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  createdAt: momentSchema,
  /** When they last signed in on a device that is still signed in; null when there is none. */
  signedInAt: momentSchema.nullable(),
});
export type Person = z.infer<typeof personSchema>;

export const newPersonBodySchema = z.strictObject({
  name: nameSchema,
  email: emailSchema,
  role: roleSchema,
  password: passwordSchema,
});

/** What is left out stays. A password set here ends the person's sessions. */
export const personBodySchema = z.strictObject({
  name: nameSchema.optional(),
  role: roleSchema.optional(),
  password: passwordSchema.optional(),
});
