import type { AutomationSummary } from '@ripen/shared';

export type StatusFilter = 'all' | 'live' | 'paused' | 'draft';

export interface Filter {
  q: string;
  status: StatusFilter;
}

export interface Folder {
  /** Null: in no folder. */
  name: string | null;
  automations: AutomationSummary[];
}

const matches = (automation: AutomationSummary, { q, status }: Filter): boolean => {
  if (automation.status === 'archived' && status !== 'all') return false;
  if (status !== 'all' && automation.status !== status) return false;
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const text = `${automation.name} ${automation.folder ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

/** What matches, by folder: folders by name, what is in none at the end; archived ones last in theirs. */
export const foldersOf = (automations: readonly AutomationSummary[], filter: Filter): Folder[] => {
  const found = automations.filter((automation) => matches(automation, filter));
  const folders = Map.groupBy(found, ({ folder }) => folder);
  return [...folders]
    .map(([name, inside]) => ({ name, automations: inside.toSorted(byName) }))
    .sort((a, b) => (a.name === null ? 1 : b.name === null ? -1 : a.name.localeCompare(b.name)));
};

const byName = (a: AutomationSummary, b: AutomationSummary): number =>
  Number(a.status === 'archived') - Number(b.status === 'archived') || a.name.localeCompare(b.name);
