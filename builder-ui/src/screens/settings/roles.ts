import type { Person } from '@ripen/shared';

type Role = Person['role'];

/** Roles in words. */
export const roleWords: Record<Role, { label: string; may: string }> = {
  marketer: { label: 'Marketer', may: 'Draws automations, sets up scoring, imports contacts, sees runs and leads.' },
  sales: { label: 'Sales', may: 'Sees contacts and works on the leads of the queues.' },
  admin: { label: 'Admin', may: 'May do everything, and looks after people, keys, runs and health.' },
};

export const roleChoices = (Object.keys(roleWords) as Role[]).map((value) => ({
  value,
  label: roleWords[value].label,
})); // Its own keys.
