import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch, IconStar, IconStarFilled } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { AutomationSummary } from '@ripen/shared';
import { FilterWord } from '../../ui/filter-word.tsx';
import { labelsOf, nobody, type Filter, type StatusFilter } from './automation-list.ts';
import styles from './automations.module.css';

const route = getRouteApi('/inside/automations');
const statuses: { value: StatusFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'live', label: 'Live' },
  { value: 'draft', label: 'Drafts' },
  { value: 'paused', label: 'Paused' },
  { value: 'archived', label: 'Archived' },
];
type Search = Partial<Record<'q' | 'status' | 'label' | 'owner' | 'starred', string>>;

const statusOf = (text: string | undefined): StatusFilter =>
  statuses.find(({ value }) => value === text)?.value ?? 'all';

/** The filter that an address says. */
export const filterOf = ({ q = '', status, label = '', owner = '', starred }: Search): Filter => ({
  q,
  status: statusOf(status),
  label,
  owner,
  starred: starred === 'yes',
});

const ownersOf = (automations: readonly AutomationSummary[]): { value: string; label: string }[] =>
  [...new Map(automations.flatMap(({ owner }) => (owner ? [[owner.id, owner.name] as const] : [])))]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label));

/** A search, and what else narrows the list. */
export function FilterBar({ automations }: { automations: readonly AutomationSummary[] }) {
  const search = route.useSearch();
  const filter = filterOf(search);
  const navigate = useNavigate();
  const change = (part: Partial<Search>): void =>
    void navigate({ to: '/automations', search: (before) => ({ ...before, ...part }), replace: true });
  const labels = [...new Set([...labelsOf(automations), ...(filter.label === '' ? [] : [filter.label])])];
  const owners = ownersOf(automations);
  return (
    <div className={styles.bar} role="search" aria-label="Filter automations">
      <TextInput
        className={styles.search}
        aria-label="Search automations"
        placeholder="Search name, description, label, owner"
        leftSection={<IconSearch size={16} />}
        value={filter.q}
        onChange={(event) => change({ q: event.currentTarget.value })}
      />
      <SegmentedControl
        aria-label="Status"
        data={statuses}
        value={filter.status}
        onChange={(value) => change({ status: value === 'all' ? '' : value })}
      />
      <div className={styles.words}>
        <Button
          size="compact-sm"
          variant={filter.starred ? 'light' : 'subtle'}
          color={filter.starred ? undefined : 'gray'}
          aria-pressed={filter.starred}
          leftSection={filter.starred ? <IconStarFilled size={14} /> : <IconStar size={14} />}
          onClick={() => change({ starred: filter.starred ? undefined : 'yes' })}
        >
          Favourites
        </Button>
        {labels.length > 0 && (
          <FilterWord
            name="Label"
            value={filter.label}
            onChange={(label) => change({ label: label || undefined })}
            options={[{ value: '', label: 'any label' }, ...labels.map((label) => ({ value: label, label }))]}
          />
        )}
        {owners.length > 0 && (
          <FilterWord
            name="Owner"
            value={filter.owner}
            onChange={(owner) => change({ owner: owner || undefined })}
            options={[{ value: '', label: 'any owner' }, ...owners, { value: nobody, label: 'nobody’s' }]}
          />
        )}
      </div>
    </div>
  );
}
