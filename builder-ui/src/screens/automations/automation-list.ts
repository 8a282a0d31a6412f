import type { AutomationSummary } from '@ripen/shared';

export type StatusFilter = 'all' | AutomationSummary['status'];

export interface Filter {
  q: string;
  status: StatusFilter;
  /** Empty: with any, or none. */
  label: string;
  /** A person's id, `nobody`, or empty for anybody. */
  owner: string;
  starred: boolean;
}

export const everything: Filter = { q: '', status: 'all', label: '', owner: '', starred: false };

/** Stands for automations without an owner. */
export const nobody = 'nobody';

export interface Section {
  key: string;
  kind: 'favourites' | 'folder' | 'rest';
  /** The folder's. */
  name: string | null;
  automations: AutomationSummary[];
}

const matches = (automation: AutomationSummary, { q, status, label, owner, starred }: Filter): boolean => {
  if (status !== 'all' && automation.status !== status) return false;
  if (label !== '' && !automation.labels.includes(label)) return false;
  if (owner !== '' && (automation.owner?.id ?? nobody) !== owner) return false;
  if (starred && !automation.starred) return false;
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const { name, folder, description, labels } = automation;
  const text = [name, folder, description, automation.owner?.name, ...labels].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
};

/** What matches: favourites first, then by folder, by name; what is in none at the end; archived ones last in theirs. */
export const sectionsOf = (automations: readonly AutomationSummary[], filter: Filter): Section[] => {
  const found = automations.filter((automation) => matches(automation, filter)).sort(byName);
  const favourites = found.filter(({ starred }) => starred);
  const folders = Map.groupBy(
    found.filter(({ starred }) => !starred),
    ({ folder }) => folder,
  );
  const sections = [...folders]
    .map(([name, inside]): Section => ({
      key: name === null ? 'rest' : `folder ${name}`,
      kind: name === null ? 'rest' : 'folder',
      name,
      automations: inside,
    }))
    .sort((a, b) => (a.name === null ? 1 : b.name === null ? -1 : a.name.localeCompare(b.name)));
  if (favourites.length === 0) return sections;
  return [{ key: 'favourites', kind: 'favourites', name: null, automations: favourites }, ...sections];
};

/** At most so many automations of all sections: a long list is drawn as one comes to it. */
export const firstOf = (sections: readonly Section[], most: number): Section[] => {
  let left = most;
  return sections.flatMap((section) => {
    const automations = section.automations.slice(0, left);
    left -= automations.length;
    return automations.length === 0 ? [] : [{ ...section, automations }];
  });
};

const byName = (a: AutomationSummary, b: AutomationSummary): number =>
  Number(a.status === 'archived') - Number(b.status === 'archived') || a.name.localeCompare(b.name);

/** Every label that some automation has, by name. */
export const labelsOf = (automations: readonly AutomationSummary[]): string[] =>
  [...new Set(automations.flatMap(({ labels }) => labels))].sort((a, b) => a.localeCompare(b));

export const folderNamesOf = (automations: readonly AutomationSummary[]): string[] =>
  [...new Set(automations.flatMap(({ folder }) => folder ?? []))].sort((a, b) => a.localeCompare(b));
