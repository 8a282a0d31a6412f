import { contactSchema } from '@ripen/shared';
import type { z } from 'zod';
import { get } from './api.ts';
import type { Client } from './client.ts';

/** A contact by its id or its e-mail address. */
export const findContact = (client: Client, contact: string): Promise<z.output<typeof contactSchema>> => {
  const path = contact.includes('@')
    ? `/api/contacts/look-up?email=${encodeURIComponent(contact)}`
    : `/api/contacts/${encodeURIComponent(contact)}`;
  return get(client, contactSchema, path);
};
