/** Fields that most workspaces have: offered before any came. Those of accounts without the prefix. */
export const usualFieldsOf = {
  /** As the tracking API's identify call usually carries them. */
  contacts: ['email', 'firstName', 'lastName', 'title', 'company', 'country', 'industry', 'employees'],
  accounts: ['industry', 'employees', 'country', 'website', 'plan', 'tier'],
} as const;
