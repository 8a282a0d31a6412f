import { CloseButton, Loader, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState, type RefObject } from 'react';
import type { ContactFilters } from '../../../api/contacts.ts';
import { useNames } from '../../../fields/use-names.ts';
import { FilterWord } from '../../../ui/filter-word.tsx';
import type { Stages } from '../../../fields/use-stages.ts';
import { bandWords } from './band-words.ts';
import styles from './list.module.css';

const typingMs = 250;

/** Search, and a sentence that says what is listed. */
export function FilterBar(given: {
  filters: ContactFilters;
  stages: Stages;
  busy: boolean;
  search: RefObject<HTMLInputElement | null>;
  onChange: (change: ContactFilters) => void;
}) {
  const { filters, stages, onChange } = given;
  const { labels, segments, models } = useNames();
  return (
    <div className={styles.bar}>
      <SearchField
        value={filters.q ?? ''}
        busy={given.busy}
        input={given.search}
        onChange={(q) => onChange({ q: q || undefined })}
      />
      <div className={styles.sentence} role="group" aria-label="Filters">
        <span>Contacts</span>
        <FilterWord
          name="Stage"
          value={filters.stage ?? ''}
          onChange={(stage) => onChange({ stage: stage || undefined })}
          options={[
            { value: '', label: 'in any stage' },
            ...stages.list.map(({ id, name }) => ({ value: id, label: `in ${name}` })),
            { value: 'none', label: 'in no stage' },
          ]}
        />
        <FilterWord
          name="Label"
          value={filters.label ?? ''}
          onChange={(label) => onChange({ label: label || undefined })}
          options={[
            { value: '', label: 'with any label' },
            ...labels.map((label) => ({ value: label, label: `labelled \u201c${label}\u201d` })),
          ]}
        />
        {(segments.length > 0 || filters.segment) && (
          <FilterWord
            name="Segment"
            value={filters.segment ?? ''}
            onChange={(segment) => onChange({ segment: segment || undefined })}
            options={[
              { value: '', label: 'in any segment' },
              ...segments.map(({ id, name }) => ({ value: id, label: `in the segment \u201c${name}\u201d` })),
            ]}
          />
        )}
        {filters.band && (
          <FilterWord
            name="Bands"
            value={filters.band}
            onChange={(band) => onChange({ band: band || undefined })}
            options={[
              { value: '', label: 'in any band' },
              { value: filters.band, label: bandWords(filters.band, { models }) },
            ]}
          />
        )}
        <FilterWord
          name="Lead"
          value={filters.lead ?? ''}
          onChange={(lead) => onChange({ lead: lead || undefined })}
          options={[
            { value: '', label: 'with or without a lead' },
            { value: 'open', label: 'with an open lead' },
          ]}
        />
        <FilterWord
          name="Order"
          value={filters.sort === 'score' ? 'score' : ''}
          onChange={(sort) => onChange({ sort: sort || undefined })}
          options={[
            { value: '', label: 'newest first' },
            { value: 'score', label: 'highest score first' },
          ]}
        />
      </div>
    </div>
  );
}

/** Searches while it is typed into; follows the address when that changes by itself. */
function SearchField(given: {
  value: string;
  busy: boolean;
  input: RefObject<HTMLInputElement | null>;
  onChange: (value: string) => void;
}) {
  const [typed, setTyped] = useState(given.value);
  const say = useDebouncedCallback(given.onChange, typingMs);
  useEffect(() => {
    if (document.activeElement !== given.input.current) setTyped(given.value);
  }, [given.value, given.input]);
  const clear = (): void => {
    setTyped('');
    given.onChange('');
    given.input.current?.focus();
  };
  return (
    <TextInput
      ref={given.input}
      className={styles.search}
      type="search"
      role="searchbox"
      aria-label="Search contacts"
      placeholder="Name, e-mail, company or user id"
      leftSection={given.busy ? <Loader size={14} /> : <IconSearch size={16} aria-hidden="true" />}
      rightSection={
        typed === '' ? (
          <kbd className={styles.slash}>/</kbd>
        ) : (
          <CloseButton size="sm" aria-label="Clear search" onClick={clear} />
        )
      }
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        say(event.currentTarget.value.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && typed !== '') clear();
      }}
    />
  );
}
