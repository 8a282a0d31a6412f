import { z } from 'zod';
import type { Permission } from './permissions.ts';

/** What the live stream tells of, and who may know. */
export const liveTopics = {
  definitions: 'definitions:read',
  contacts: 'contacts:read',
  accounts: 'contacts:read',
  runs: 'runs:read',
  leads: 'leads:read',
  imports: 'imports:read',
  jobs: 'operations:read',
  /** Dead letters and deliveries. */
  operations: 'operations:read',
  people: 'admin',
  /** Whom automations told something. */
  notices: 'contacts:read',
  /** Who edits what. */
  presence: 'definitions:read',
} as const satisfies Record<string, Permission>;
export type LiveTopic = keyof typeof liveTopics;

/** The data of a `change` event. */
export const liveChangeSchema = z.object({
  topic: z.enum(Object.keys(liveTopics) as [LiveTopic, ...LiveTopic[]]), // Its own keys.
  /** What changed; left out when it was too much to name, or when it has no name. */
  ids: z.array(z.string()).optional(),
});
export type LiveChange = z.infer<typeof liveChangeSchema>;
